/* A disk: the first half is read, its complement is written over the second, and read back. */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <linux/fs.h>
#include <unistd.h>

#include "guest.h"

enum { CHUNK = 1 << 20 };

struct disk_search {
  const char *device;
  char *disk;
  size_t size;
  bool found;
};

static void compare_disk(const char *name, void *context) {
  struct disk_search *search = context;
  char link[256];
  snprintf(link, sizeof link, "/sys/block/%s/device", name);
  char *path = realpath(link, NULL);
  char part[64];
  snprintf(part, sizeof part, "/%s", search->device);
  /* virtio1 is no part of virtio10. */
  char *at = path ? strstr(path, part) : NULL;
  if (at && !search->found && (at[strlen(part)] == 0 || at[strlen(part)] == '/')) {
    snprintf(search->disk, search->size, "%s", name);
    search->found = true;
  }
  free(path);
}

bool disk_of(char *disk, size_t size, const char *device) {
  struct disk_search search = {device, disk, size, false};
  each_name("/sys/block", compare_disk, &search);
  return search.found;
}

uint64_t disk_requests(const char *disk) {
  char line[256];
  uint64_t reads = 0, writes = 0;
  file_line(line, sizeof line, "/sys/block/%s/stat", disk);
  sscanf(line, "%" SCNu64 " %*u %*u %*u %" SCNu64, &reads, &writes);
  return reads + writes;
}

/* FNV-1a over words of 64 bits, which is what whoever made the disk computes too. */
static uint64_t sum(uint64_t sum, const uint64_t *words, size_t count) {
  while (count-- > 0) sum = (sum ^ *words++) * 0x100000001b3;
  return sum;
}

int exercise_block(const struct device *device) {
  static uint64_t words[CHUNK / 8];
  char disk[32], path[64], line[32], segment[32];
  if (!disk_of(disk, sizeof disk, device->name)) return FAILED;
  uint64_t half = strtoull(file_line(line, sizeof line, "/sys/block/%s/size", disk), NULL, 10) / 2;
  half = half * 512 / CHUNK * CHUNK;
  report("block device=%s disk=%s half=%" PRIu64 " segment=%s request_kib=%s", device->name, disk,
         half, file_line(segment, sizeof segment, "/sys/block/%s/queue/max_segment_size", disk),
         file_line(line, sizeof line, "/sys/block/%s/queue/max_sectors_kb", disk));
  snprintf(path, sizeof path, "/dev/%s", disk);
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return FAILED;
  uint64_t read_sum = 0xcbf29ce484222325, complement_sum = read_sum, back_sum = read_sum;
  for (uint64_t at = 0; at < half; at += CHUNK) {
    if (pread(file, words, CHUNK, at) != CHUNK) return FAILED;
    read_sum = sum(read_sum, words, CHUNK / 8);
    for (size_t index = 0; index < CHUNK / 8; index++) words[index] = ~words[index];
    complement_sum = sum(complement_sum, words, CHUNK / 8);
    if (pwrite(file, words, CHUNK, half + at) != CHUNK) return FAILED;
  }
  if (fsync(file) != 0 || ioctl(file, BLKFLSBUF) != 0) return FAILED;
  for (uint64_t at = 0; at < half; at += CHUNK) {
    if (pread(file, words, CHUNK, half + at) != CHUNK) return FAILED;
    back_sum = sum(back_sum, words, CHUNK / 8);
  }
  report("data device=%s read=%016" PRIx64 " written=%016" PRIx64, device->name, read_sum,
         complement_sum);
  return back_sum == complement_sum ? 0 : DIFFERS;
}
