/* The requests of a block device; see the virtio specification 1.3, sections 2.7 and 5.2.6. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "vhost.h"

enum { NEXT = 1, WRITE = 2, INDIRECT = 4 };
enum { READ_SECTORS = 0, WRITE_SECTORS = 1, FLUSH = 4, GET_ID = 8 };
enum { DONE = 0, FAILED = 1, NOT_KNOWN = 2 };

struct header {
  uint32_t type, reserved;
  uint64_t sector;
};

struct chain {
  struct descriptor parts[MOST_DESCRIPTORS];
  unsigned count;
};

/* The chain that starts at a descriptor; false where it is none, or lies elsewhere. */
static bool collect(struct server *server, uint16_t head, struct chain *chain) {
  const struct descriptor *table = server->ring.descriptors;
  uint32_t size = server->ring.size;
  uint16_t at = head;
  chain->count = 0;
  for (uint32_t steps = 0; steps <= MOST_DESCRIPTORS; steps++) {
    if (at >= size || chain->count == MOST_DESCRIPTORS) return false;
    struct descriptor part = table[at];
    if (part.flags & INDIRECT) {
      if (part.length % sizeof part != 0) return false;
      table = by_guest_address(server, part.address, part.length);
      if (!table) {
        say("refused: a table at 0x%" PRIx64 " is in memory that isn't ours", part.address);
        return false;
      }
      size = part.length / sizeof part;
      at = 0;
      continue;
    }
    chain->parts[chain->count++] = part;
    if (!(part.flags & NEXT)) return true;
    at = part.next;
  }
  return false;
}

static uint8_t transfer(struct server *server, const struct header *header, const struct chain *chain,
                        uint32_t *written) {
  uint64_t at = header->sector * 512;
  for (unsigned index = 1; index + 1 < chain->count; index++) {
    const struct descriptor *part = &chain->parts[index];
    void *memory = by_guest_address(server, part->address, part->length);
    ssize_t count = (ssize_t)part->length;
    if (header->type == READ_SECTORS && part->flags & WRITE) {
      count = pread(server->disk, memory, part->length, (off_t)at);
      *written += part->length;
    } else if (header->type == WRITE_SECTORS && !(part->flags & WRITE)) {
      count = pwrite(server->disk, memory, part->length, (off_t)at);
    } else {
      return FAILED;
    }
    if (count != (ssize_t)part->length) return FAILED;
    at += part->length;
  }
  return DONE;
}

/* Serves one request; false where it lies in memory that isn't ours. */
static bool serve(struct server *server, uint16_t head, uint32_t *written) {
  static struct chain chain;
  struct header header;
  if (!collect(server, head, &chain)) return false;
  for (unsigned index = 0; index < chain.count; index++) {
    if (by_guest_address(server, chain.parts[index].address, chain.parts[index].length)) continue;
    say("refused: a buffer at 0x%" PRIx64 " is in memory that isn't ours",
        chain.parts[index].address);
    return false;
  }
  const struct descriptor *last = &chain.parts[chain.count - 1];
  if (chain.count < 2 || chain.parts[0].length < sizeof header || last->length < 1) return false;
  memcpy(&header, by_guest_address(server, chain.parts[0].address, sizeof header), sizeof header);
  uint8_t status = NOT_KNOWN;
  *written = 0;
  if (header.type == READ_SECTORS || header.type == WRITE_SECTORS) {
    status = transfer(server, &header, &chain, written);
  } else if (header.type == FLUSH) {
    status = fdatasync(server->disk) == 0 ? DONE : FAILED;
  } else if (header.type == GET_ID && chain.count == 3) {
    void *id = by_guest_address(server, chain.parts[1].address, chain.parts[1].length);
    memset(id, 0, chain.parts[1].length);
    *written = chain.parts[1].length;
    status = DONE;
  }
  *(uint8_t *)by_guest_address(server, last->address, 1) = status;
  *written += 1;
  return true;
}

bool serve_requests(struct server *server) {
  struct ring *ring = &server->ring;
  while (ring->next != __atomic_load_n(&ring->available->index, __ATOMIC_ACQUIRE)) {
    uint16_t head = ring->available->entries[ring->next % ring->size];
    uint32_t written = 0;
    if (!serve(server, head, &written)) return false;
    ring->next++;
    ring->used_ring->entries[ring->used % ring->size].id = head;
    ring->used_ring->entries[ring->used % ring->size].length = written;
    ring->used++;
    __atomic_store_n(&ring->used_ring->index, ring->used, __ATOMIC_RELEASE);
    uint64_t one = 1;
    if (ring->call >= 0 && write(ring->call, &one, sizeof one) < 0) return false;
  }
  return true;
}
