/* The only process of the guest that `make boot` starts: it says what the kernel made of the device
 * tree, has each virtio device transfer something, says through which pool that went, and ends the
 * virtual machine. */
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

int main(void) {
  static const struct {
    const char *type, *place;
  } systems[] = {{"proc", "/proc"},
                 {"sysfs", "/sys"},
                 {"devtmpfs", "/dev"},
                 {"debugfs", "/sys/kernel/debug"}};
  for (unsigned index = 0; index < sizeof systems / sizeof *systems; index++) {
    mkdir(systems[index].place, 0755);
    mount("none", systems[index].place, systems[index].type, 0, "");
  }
  report_open();
  wait_for_devices();
  report_machine();
  report_pools("start");
  report_machine_devices();
  if (has_peer()) greet_peer();
  exercise_devices();
  if (has_peer()) report_shares();
  report_pools("end");
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  report("end seconds=%ld.%02ld", (long)now.tv_sec, now.tv_nsec / 10000000);
  reboot(RB_POWER_OFF);
  /* Without PSCI nothing happens, and whoever started the guest has to end it. */
  for (;;) pause();
}
