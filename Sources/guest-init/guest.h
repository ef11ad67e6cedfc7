/* What the guest of `make boot` reports, and with what. Each line of the report is a record of the
 * kernel's log, so that nothing comes between its words: "DTGEN kind key=value ...". */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* report.c */
void report_open(void);
void report(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The word that the lines start with, of which each guest has another one: its letters, the first on
 * top. */
uint64_t report_word(void);
/* Whether another guest runs that has some memory of ours. */
bool has_peer(void);

/* files.c */
/* The first line of a file, or an empty string. */
const char *file_line(char *line, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool file_write(const char *path, const char *text);
/* The last part of what a link points at, or "-". */
const char *link_name(char *name, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The path of the node of the tree that a device of sysfs stands for, or "-". */
const char *node_path(char *path, size_t size, const char *device);
/* Calls back with each name in a directory, in alphabetical order. */
void each_name(const char *directory, void (*call)(const char *name, void *context), void *context);
/* The n-th name in a directory with this prefix; false where there are not so many. */
bool name_at(char *name, size_t size, const char *directory, const char *prefix, unsigned index);

/* machine.c */
void report_machine(void);
/* Waits for devices that wait for others, as long as that may lead to something. */
void wait_for_devices(void);
void report_machine_devices(void);

/* pools.c */
void report_pools(const char *when);
void forget_peaks(void);
/* Reports the pools that bounced something since forget_peaks. */
void report_peaks(const char *device);

/* shares.c */
/* Writes our word into what is there for words. */
void greet_peer(void);
/* Says what the other guest wrote into the regions that both have, as soon as it did. */
void report_shares(void);

/* io.c */
enum { FAILED = 1, DIFFERS = 2 };

struct device {
  const char *name; /* virtio0 */
  unsigned type;    /* as in the specification */
  unsigned nth;     /* how many of its type came before it */
};

/* Reports what there is on the virtio bus, and has each device transfer something. */
void exercise_devices(void);

/* The transfers: 0, FAILED or DIFFERS. Each runs in a process of its own, which may get stuck. */
int exercise_block(const struct device *device);
int exercise_network(const struct device *device);
int exercise_console(const struct device *device);
int exercise_entropy(const struct device *device);
int exercise_input(const struct device *device);
int exercise_gpu(const struct device *device);

/* The disk of a device, as in "vda"; false where it has none. */
bool disk_of(char *disk, size_t size, const char *device);
/* How many requests the disk has finished. */
uint64_t disk_requests(const char *disk);

#endif
