/* A disk for one guest, served over vhost-user. Of the guest's memory it sees what it is handed and
 * nothing else, so that it stands for a host that may see no more. */
#ifndef VHOST_H
#define VHOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_REGIONS = 8, MOST_DESCRIPTORS = 1024 };

struct region {
  uint64_t guest; /* guest-physical address */
  uint64_t user;  /* address in QEMU */
  uint64_t size;
  uint8_t *mapped;
};

struct ring {
  uint32_t size;
  uint16_t next;
  uint16_t used;
  struct descriptor *descriptors;
  struct available *available;
  struct used *used_ring;
  int kick, call;
  bool ready;
};

struct descriptor {
  uint64_t address;
  uint32_t length;
  uint16_t flags, next;
};

struct available {
  uint16_t flags, index, entries[];
};

struct used {
  uint16_t flags, index;
  struct {
    uint32_t id, length;
  } entries[];
};

struct server {
  int socket, disk;
  uint64_t sectors;
  struct region regions[MOST_REGIONS];
  unsigned region_count;
  struct ring ring;
};

/* memory.c */
void forget_memory(struct server *server);
bool map_memory(struct server *server, const void *payload, size_t size, const int *files,
                unsigned file_count);
/* A stretch of the guest's memory, by its address in QEMU or in the guest; NULL where it isn't ours. */
void *by_user_address(const struct server *server, uint64_t address, uint64_t size);
void *by_guest_address(const struct server *server, uint64_t address, uint64_t size);

/* disk.c */
/* Serves what the guest has asked for; false where a request lies in memory that isn't ours. */
bool serve_requests(struct server *server);

/* protocol.c */
/* Answers one message; false at the end of the connection, or where the guest asks for what it
 * mustn't. */
bool answer(struct server *server);

void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
