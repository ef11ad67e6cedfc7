#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "vhost.h"

void forget_memory(struct server *server) {
  for (unsigned index = 0; index < server->region_count; index++) {
    munmap(server->regions[index].mapped, server->regions[index].size);
  }
  server->region_count = 0;
  server->ring.ready = false;
}

bool map_memory(struct server *server, const void *payload, size_t size, const int *files,
                unsigned file_count) {
  struct {
    uint64_t guest, size, user, offset;
  } wanted;
  uint32_t count;
  forget_memory(server);
  if (size < 8) return false;
  memcpy(&count, payload, sizeof count);
  if (count > MOST_REGIONS || count != file_count || size < 8 + count * sizeof wanted) return false;
  for (unsigned index = 0; index < count; index++) {
    memcpy(&wanted, (const char *)payload + 8 + index * sizeof wanted, sizeof wanted);
    if (wanted.size == 0 || wanted.guest + wanted.size < wanted.guest) return false;
    void *mapped = mmap(NULL, wanted.size, PROT_READ | PROT_WRITE, MAP_SHARED, files[index],
                        (off_t)wanted.offset);
    if (mapped == MAP_FAILED) return false;
    server->regions[server->region_count++] =
        (struct region){wanted.guest, wanted.user, wanted.size, mapped};
    say("maps 0x%" PRIx64 "..0x%" PRIx64 " of the guest", wanted.guest,
        wanted.guest + wanted.size - 1);
  }
  return true;
}

void *by_user_address(const struct server *server, uint64_t address, uint64_t size) {
  for (unsigned index = 0; index < server->region_count; index++) {
    const struct region *region = &server->regions[index];
    uint64_t offset = address - region->user;
    if (address >= region->user && offset < region->size && size <= region->size - offset) {
      return region->mapped + offset;
    }
  }
  return NULL;
}

void *by_guest_address(const struct server *server, uint64_t address, uint64_t size) {
  for (unsigned index = 0; index < server->region_count; index++) {
    const struct region *region = &server->regions[index];
    uint64_t offset = address - region->guest;
    if (address >= region->guest && offset < region->size && size <= region->size - offset) {
      return region->mapped + offset;
    }
  }
  return NULL;
}
