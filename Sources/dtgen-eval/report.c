#define _GNU_SOURCE
#include "report.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { MAXIMUM_FRAMES = 256, MAXIMUM_REPORTED_FRAMES = 16, MAXIMUM_STRING = 1024 };

static int descriptor = -1;
static uintptr_t object_base, object_end;

void report_to(int to) { descriptor = to; }

static void put(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

static int find_end(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size;
  (void)unused;
  if (info->dlpi_addr != object_base) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
    uintptr_t end = object_base + segment->p_vaddr + segment->p_memsz;
    if (segment->p_type == PT_LOAD && end > object_end) object_end = end;
  }
  return 1;
}

void report_frames_of(void *object) {
  struct link_map *map = NULL;
  if (dlinfo(object, RTLD_DI_LINKMAP, &map) == 0 && map != NULL) {
    object_base = map->l_addr;
    dl_iterate_phdr(find_end, NULL);
  }
  // The first call loads the unwinder, which can't be done in a handler or in the sandbox.
  void *frame[1];
  backtrace(frame, 1);
}

void report_line(const char *keyword, const char *value) {
  put(keyword, strlen(keyword));
  if (value != NULL) {
    put(" ", 1);
    put(value, strlen(value));
  }
  put("\n", 1);
}

void report_number(const char *keyword, long long value) {
  char digits[24];
  char *start = digits + sizeof digits - 1;
  *start = '\0';
  unsigned long long rest = value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value;
  do {
    *--start = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0) *--start = '-';
  report_line(keyword, start);
}

void report_string(const char *keyword, const char *string) {
  static const char hexadecimal[] = "0123456789abcdef";
  put(keyword, strlen(keyword));
  put(" ", 1);
  for (int i = 0; i < MAXIMUM_STRING && string[i] != '\0'; i++) {
    unsigned char byte = (unsigned char)string[i];
    char pair[2] = {hexadecimal[byte >> 4], hexadecimal[byte & 15]};
    put(pair, 2);
  }
  put("\n", 1);
}

void report_frames(uintptr_t interrupted) {
  if (object_end == 0) return;
  void *frames[MAXIMUM_FRAMES];
  int count = backtrace(frames, MAXIMUM_FRAMES), reported = 0;
  for (int i = 0; i < count && reported < MAXIMUM_REPORTED_FRAMES; i++) {
    uintptr_t address = (uintptr_t)frames[i];
    if (address < object_base || address >= object_end) continue;
    // The return address of a call is that of the next instruction, which may be on another line.
    if (address != interrupted) address--;
    report_number("frame", (long long)(address - object_base));
    reported++;
  }
}
