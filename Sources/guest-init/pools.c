/* The pools that the kernel bounces DMA through, as debugfs tells of them. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "guest.h"

/* A pool that is there before debugfs has its place for pools lies beside it; see
 * swiotlb_create_debugfs_files. */
static const char *const places[] = {"/sys/kernel/debug", "/sys/kernel/debug/swiotlb"};

static void each_pool(void (*call)(const char *name, void *context), void *context) {
  for (unsigned index = 0; index < sizeof places / sizeof *places; index++) {
    struct dirent **entries;
    int count = scandir(places[index], &entries, NULL, versionsort);
    for (int entry = 0; entry < count; entry++) {
      char path[512];
      struct stat status;
      const char *name = entries[entry]->d_name;
      snprintf(path, sizeof path, "%s/%s/io_tlb_nslabs", places[index], name);
      if (strcmp(name, "..") == 0 || stat(path, &status) != 0) continue;
      /* The default pool is the place itself. */
      if (strcmp(name, ".") == 0 && index == 0) continue;
      if (strcmp(name, "swiotlb") == 0 && index == 0) continue;
      snprintf(path, sizeof path, "%s/%s", places[index], name);
      call(path, context);
    }
  }
}

static const char *pool_name(const char *path) {
  const char *name = strrchr(path, '/') + 1;
  return strcmp(name, ".") == 0 ? "swiotlb" : name;
}

static void report_pool(const char *path, void *context) {
  char slots[32], used[32], peak[32];
  report("pool when=%s name=%s slots=%s used=%s peak=%s", (const char *)context, pool_name(path),
         file_line(slots, sizeof slots, "%s/io_tlb_nslabs", path),
         file_line(used, sizeof used, "%s/io_tlb_used", path),
         file_line(peak, sizeof peak, "%s/io_tlb_used_hiwater", path));
}

void report_pools(const char *when) { each_pool(report_pool, (void *)when); }

static void forget_peak(const char *path, void *context) {
  (void)context;
  char file[512];
  snprintf(file, sizeof file, "%s/io_tlb_used_hiwater", path);
  /* The kernel takes nothing but 0, and counts anew. */
  file_write(file, "0");
}

void forget_peaks(void) { each_pool(forget_peak, NULL); }

static void report_peak(const char *path, void *context) {
  char peak[32];
  file_line(peak, sizeof peak, "%s/io_tlb_used_hiwater", path);
  if (strcmp(peak, "0") == 0) return;
  report("bounce device=%s pool=%s peak=%s", (const char *)context, pool_name(path), peak);
}

void report_peaks(const char *device) { each_pool(report_peak, (void *)device); }
