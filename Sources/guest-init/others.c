/* Consoles, sources of entropy, keyboards and GPUs: the least that makes each use its queues. */
#include <drm/drm.h>
#include <drm/drm_mode.h>
#include <fcntl.h>
#include <linux/input.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "guest.h"

int exercise_console(const struct device *device) {
  static const char greeting[] = "the guest was here\n";
  char path[64];
  snprintf(path, sizeof path, "/dev/hvc%u", device->nth);
  int file = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
  if (file < 0) return FAILED;
  return write(file, greeting, sizeof greeting - 1) == sizeof greeting - 1 ? 0 : FAILED;
}

int exercise_entropy(const struct device *device) {
  char name[32];
  uint8_t bytes[64] = {0}, zeros[64] = {0};
  snprintf(name, sizeof name, "virtio_rng.%u", device->nth);
  if (!file_write("/sys/class/misc/hw_random/rng_current", name)) return FAILED;
  int file = open("/dev/hwrng", O_RDONLY | O_CLOEXEC);
  if (file < 0 || read(file, bytes, sizeof bytes) <= 0) return FAILED;
  return memcmp(bytes, zeros, sizeof bytes) == 0 ? DIFFERS : 0;
}

int exercise_input(const struct device *device) {
  char directory[128], input[32], event[32], path[64];
  snprintf(directory, sizeof directory, "/sys/bus/virtio/devices/%s/input", device->name);
  if (!name_at(input, sizeof input, directory, "input", 0)) return FAILED;
  snprintf(directory, sizeof directory, "/sys/class/input/%s", input);
  if (!name_at(event, sizeof event, directory, "event", 0)) return FAILED;
  snprintf(path, sizeof path, "/dev/input/%s", event);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return FAILED;
  /* A light is what a keyboard is told. */
  for (int value = 1; value >= 0; value--) {
    struct input_event light = {.type = EV_LED, .code = LED_CAPSL, .value = value};
    if (write(file, &light, sizeof light) != sizeof light) return FAILED;
  }
  return 0;
}

int exercise_gpu(const struct device *device) {
  char directory[128], card[32], path[64];
  /* The card belongs to the transport. */
  snprintf(directory, sizeof directory, "/sys/bus/virtio/devices/%s/../drm", device->name);
  if (!name_at(card, sizeof card, directory, "card", 0)) return FAILED;
  snprintf(path, sizeof path, "/dev/dri/%s", card);
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return FAILED;
  struct drm_mode_create_dumb buffer = {.width = 640, .height = 480, .bpp = 32};
  return ioctl(file, DRM_IOCTL_MODE_CREATE_DUMB, &buffer) == 0 ? 0 : FAILED;
}
