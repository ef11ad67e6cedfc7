/* What the kernel made of the machine: processors, memory, and devices that no virtio driver has. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

static unsigned long memory_kib(void) {
  char line[128];
  unsigned long kib = 0;
  sscanf(file_line(line, sizeof line, "/proc/meminfo"), "MemTotal: %lu", &kib);
  return kib;
}

void report_machine(void) {
  struct utsname kernel;
  char command_line[512];
  uname(&kernel);
  report("guest kernel=%s machine=%s cpus=%ld page=%ld memory_kib=%lu", kernel.release,
         kernel.machine, sysconf(_SC_NPROCESSORS_ONLN), sysconf(_SC_PAGESIZE), memory_kib());
  report("command-line %s", file_line(command_line, sizeof command_line, "/proc/cmdline"));
}

void wait_for_devices(void) {
  /* The kernel gives up waiting a second after its last driver; see arm64.config. */
  for (int tenths = 0; tenths < 25; tenths++) {
    char line[256];
    file_line(line, sizeof line, "/sys/kernel/debug/devices_deferred");
    if (line[0] == 0) return;
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
  }
  FILE *deferred = fopen("/sys/kernel/debug/devices_deferred", "r");
  char line[256];
  while (deferred && fgets(line, sizeof line, deferred)) {
    line[strcspn(line, "\t\n")] = 0;
    report("deferred device=%s", line);
  }
  if (deferred) fclose(deferred);
}

static void report_device(const char *name, void *context) {
  const char *bus = context;
  char device[256], node[256], driver[64], vendor[16], number[16], group[16];
  snprintf(device, sizeof device, "/sys/bus/%s/devices/%s", bus, name);
  node_path(node, sizeof node, device);
  link_name(driver, sizeof driver, "%s/driver", device);
  link_name(group, sizeof group, "%s/iommu_group", device);
  if (strcmp(bus, "pci") == 0) {
    report("function address=%s id=%s:%s driver=%s node=%s group=%s", name,
           file_line(vendor, sizeof vendor, "%s/vendor", device),
           file_line(number, sizeof number, "%s/device", device), driver, node, group);
  } else if (strcmp(node, "-") != 0) {
    report("platform device=%s driver=%s node=%s", name, driver, node);
  }
}

void report_machine_devices(void) {
  each_name("/sys/bus/platform/devices", report_device, "platform");
  each_name("/sys/bus/amba/devices", report_device, "amba");
  each_name("/sys/bus/pci/devices", report_device, "pci");
}
