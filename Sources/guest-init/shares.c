/* Memory that another guest has too: regions of /reserved-memory that are for no kernel. One that is
 * called mailbox is there for words; the others are the pools of the other guest, which are only read. */
#include <endian.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

enum { SLOT = 64, SECTOR_WORDS = 512 / 8, PATIENCE_MS = 15000, TICK_MS = 50 };
static const char nodes[] = "/sys/firmware/devicetree/base/reserved-memory";

/* A word in a mailbox, and whether whoever wrote it is done with its devices. */
struct slot {
  volatile uint64_t word, done;
};

struct region {
  const char *name;
  uint64_t base, size;
  volatile uint64_t *words;
};

static bool exists(const char *node, const char *property) {
  char path[512];
  struct stat status;
  snprintf(path, sizeof path, "%s/%s/%s", nodes, node, property);
  return stat(path, &status) == 0;
}

/* Maps a region whose address and size have two cells each, as all of ours have. */
static bool map(struct region *region, const char *node) {
  char path[512];
  uint64_t cells[2];
  snprintf(path, sizeof path, "%s/%s/reg", nodes, node);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  bool is_known = file >= 0 && read(file, cells, sizeof cells) == sizeof cells;
  if (file >= 0) close(file);
  if (!is_known || exists(node, "compatible")) return false;
  *region = (struct region){node, be64toh(cells[0]), be64toh(cells[1]), NULL};
  int memory = open("/dev/mem", O_RDWR | O_SYNC | O_CLOEXEC);
  if (memory < 0) return false;
  void *place = mmap(NULL, region->size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, region->base);
  close(memory);
  if (place == MAP_FAILED) return false;
  region->words = place;
  return true;
}

static bool is_mailbox(const struct region *region) {
  return strncmp(region->name, "mailbox@", 8) == 0;
}

/* Ours among the slots: nobody has told who is the first and who the second. */
static uint64_t own_slot(const struct region *region) {
  /* FNV-1a's prime spreads the letters. */
  return (report_word() * 0x100000001b3) % (region->size / SLOT);
}

static struct slot *slot_at(const struct region *region, uint64_t index) {
  return (struct slot *)(region->words + index * (SLOT / 8));
}

static void greet(const char *node, void *context) {
  struct region region;
  if (!map(&region, node) || !is_mailbox(&region)) return;
  struct slot *slot = slot_at(&region, own_slot(&region));
  slot->done = *(const uint64_t *)context;
  slot->word = report_word();
}

void greet_peer(void) {
  uint64_t done = 0;
  each_name(nodes, greet, &done);
}

/* The word of the other guest in some mailbox, or 0; `done` is whether it is done. */
struct peer {
  uint64_t word, done;
};

static void meet(const char *node, void *context) {
  struct peer *peer = context;
  struct region region;
  if (!map(&region, node)) return;
  for (uint64_t index = 0; is_mailbox(&region) && index < region.size / SLOT; index++) {
    struct slot *slot = slot_at(&region, index);
    if (index == own_slot(&region) || slot->word == 0) continue;
    *peer = (struct peer){slot->word, slot->done};
  }
  munmap((void *)region.words, region.size);
}

/* What the other guest's disk left in its pool: whole sectors that were read, the complements that it
 * wrote, and what descriptors of virtqueues say. */
struct traffic {
  uint64_t read, written, descriptors, reaching;
};

/* Whether a word follows another one on the disk; see GuestDisk. */
static bool follows(uint64_t word, uint64_t next) {
  return next == word * 6364136223846793005 + 1442695040888963407;
}

static bool is_sector(const volatile uint64_t *words) {
  bool is_read = follows(words[0], words[1]), is_written = follows(~words[0], ~words[1]);
  for (int index = 1; index + 1 < SECTOR_WORDS && (is_read || is_written); index++) {
    is_read = is_read && follows(words[index], words[index + 1]);
    is_written = is_written && follows(~words[index], ~words[index + 1]);
  }
  return is_read || is_written;
}

/* A descriptor as VIRTIO 1.3, 2.7.5, has it, in two words: address; length, flags, next. */
static bool is_descriptor(uint64_t address, uint64_t rest) {
  uint64_t length = rest & 0xffffffff, flags = rest >> 32 & 0xffff;
  return address >= 4096 && address >> 40 == 0 && length > 0 && length <= 1 << 20 && flags <= 7;
}

static struct traffic look(const struct region *region) {
  struct traffic seen = {0};
  uint64_t count = region->size / 8, reads = 0, writes = 0;
  for (uint64_t index = 0; index + 1 < count; index++) {
    uint64_t word = region->words[index], next = region->words[index + 1];
    reads = follows(word, next) ? reads + 1 : 0;
    writes = follows(~word, ~next) ? writes + 1 : 0;
    /* One less than there are words. */
    seen.read += reads % SECTOR_WORDS == SECTOR_WORDS - 1;
    seen.written += writes % SECTOR_WORDS == SECTOR_WORDS - 1;
    if (index % 2 != 0 || !is_descriptor(word, next)) continue;
    seen.descriptors++;
    uint64_t at = word - region->base;
    if (word >= region->base && at % 8 == 0 && at + 512 <= region->size)
      seen.reaching += (next & 0xffffffff) >= 512 && is_sector(region->words + at / 8);
  }
  return seen;
}

static void report_share(const char *node, void *context) {
  struct region region;
  const struct peer *peer = context;
  if (!map(&region, node)) return;
  if (is_mailbox(&region)) {
    report("met region=%s word=%c%c%c%c%c", node, (char)(peer->word >> 32), (char)(peer->word >> 24),
           (char)(peer->word >> 16), (char)(peer->word >> 8), (char)peer->word);
    return;
  }
  struct traffic seen = look(&region);
  /* Without a mailbox nobody says when there is something to see. */
  for (int waited = 0; peer->word == 0 && waited < PATIENCE_MS; waited += TICK_MS) {
    if (seen.read > 0 && seen.written > 0 && seen.reaching > 0) break;
    nanosleep(&(struct timespec){.tv_nsec = TICK_MS * 1000000L}, NULL);
    seen = look(&region);
  }
  report("share region=%s read=%" PRIu64 " written=%" PRIu64 " descriptors=%" PRIu64
         " reaching=%" PRIu64,
         node, seen.read, seen.written, seen.descriptors, seen.reaching);
}

static void find_mailbox(const char *node, void *context) {
  if (strncmp(node, "mailbox@", 8) == 0) *(bool *)context = true;
}

void report_shares(void) {
  struct peer peer = {0};
  uint64_t done = 1;
  bool has_mailbox = false;
  each_name(nodes, greet, &done);
  each_name(nodes, find_mailbox, &has_mailbox);
  for (int waited = 0; has_mailbox && !peer.done && waited < PATIENCE_MS; waited += TICK_MS) {
    each_name(nodes, meet, &peer);
    nanosleep(&(struct timespec){.tv_nsec = TICK_MS * 1000000L}, NULL);
  }
  each_name(nodes, report_share, &peer);
}
