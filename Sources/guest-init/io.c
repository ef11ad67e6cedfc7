/* Goes through the virtio devices, one at a time, so that what bounces meanwhile is theirs. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

enum { TICK_MS = 20, PATIENCE_MS = 3000 };

static int (*const exercises[])(const struct device *) = {
    [1] = exercise_network, [2] = exercise_block,  [3] = exercise_console, [4] = exercise_entropy,
    [8] = exercise_block,   [16] = exercise_gpu,   [18] = exercise_input,
};

/* Waits for a child that may hang in the kernel, where no signal reaches it. It is stuck when
 * nothing has moved for a while: a busy host makes a guest slow, and no disk finishes a request. */
static const char *outcome(pid_t child, const char *disk) {
  uint64_t requests = 0;
  for (int idle = 0; idle < PATIENCE_MS; idle += TICK_MS) {
    int status;
    pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child && WIFEXITED(status) && WEXITSTATUS(status) == 0) return "ok";
    if (ended == child && WIFEXITED(status) && WEXITSTATUS(status) == DIFFERS) return "differs";
    if (ended == child) return "failed";
    uint64_t now = disk[0] ? disk_requests(disk) : 0;
    if (now != requests) idle = 0;
    requests = now;
    nanosleep(&(struct timespec){.tv_nsec = TICK_MS * 1000000L}, NULL);
  }
  kill(child, SIGKILL);
  return "stuck";
}

static void exercise(const struct device *device) {
  char disk[32] = "";
  if (device->type >= sizeof exercises / sizeof *exercises || !exercises[device->type]) {
    report("io device=%s result=none", device->name);
    return;
  }
  disk_of(disk, sizeof disk, device->name);
  forget_peaks();
  pid_t child = fork();
  if (child == 0) _exit(exercises[device->type](device));
  const char *result = child < 0 ? "failed" : outcome(child, disk);
  report_peaks(device->name);
  report("io device=%s result=%s", device->name, result);
}

struct walk {
  bool network;
  unsigned of_type[64];
};

static void visit(const char *name, void *context) {
  struct walk *walk = context;
  char device[256], line[128], driver[64], node[256], parent[64], group[16], domain[32];
  snprintf(device, sizeof device, "/sys/bus/virtio/devices/%s", name);
  unsigned type = strtoul(file_line(line, sizeof line, "%s/device", device), NULL, 16);
  unsigned nth = type < 64 ? walk->of_type[type]++ : 0;
  /* A network card goes on taking buffers from its pool; with them last, nobody else is blamed. */
  if ((type == 1) != walk->network) return;
  char *path = realpath(device, NULL);
  if (!path) return;
  *strrchr(path, '/') = 0;
  link_name(driver, sizeof driver, "%s/driver", device);
  link_name(group, sizeof group, "%s/iommu_group", path);
  file_line(domain, sizeof domain, "%s/iommu_group/type", path);
  file_line(line, sizeof line, "%s/features", device);
  snprintf(parent, sizeof parent, "%s", strrchr(path, '/') + 1);
  /* The bits stand in a row, the lowest first. */
  report("device name=%s type=%u driver=%s parent=%s node=%s version1=%c platform=%c group=%s "
         "domain=%s",
         name, type, driver, parent, node_path(node, sizeof node, path),
         strlen(line) > 33 ? line[32] : '-', strlen(line) > 33 ? line[33] : '-', group,
         domain[0] ? domain : "-");
  free(path);
  if (strcmp(driver, "-") == 0) return;
  exercise(&(struct device){name, type, nth});
}

void exercise_devices(void) {
  struct walk walk = {.network = false};
  each_name("/sys/bus/virtio/devices", visit, &walk);
  walk = (struct walk){.network = true};
  each_name("/sys/bus/virtio/devices", visit, &walk);
}
