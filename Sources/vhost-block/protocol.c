/* The messages of vhost-user, as far as a disk with one queue needs them; see QEMU's
 * docs/interop/vhost-user.rst. */
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vhost.h"

enum request {
  GET_FEATURES = 1,
  SET_FEATURES = 2,
  SET_OWNER = 3,
  SET_MEM_TABLE = 5,
  SET_VRING_NUM = 8,
  SET_VRING_ADDR = 9,
  SET_VRING_BASE = 10,
  GET_VRING_BASE = 11,
  SET_VRING_KICK = 12,
  SET_VRING_CALL = 13,
  SET_VRING_ERR = 14,
  GET_PROTOCOL_FEATURES = 15,
  SET_PROTOCOL_FEATURES = 16,
  GET_QUEUE_NUM = 17,
  SET_VRING_ENABLE = 18,
  GET_CONFIG = 24,
};

enum { IS_REPLY = 4, VERSION = 1, NO_FILE = 0x100 };

/* Feature bits: FLUSH of a disk, indirect descriptors, the protocol's own, VERSION_1. QEMU adds
 * ACCESS_PLATFORM itself; whoever offers it here says that he looks addresses up in an IOMMU. */
static const uint64_t features = 1ull << 9 | 1ull << 28 | 1ull << 30 | 1ull << 32;
/* Protocol feature: the configuration is asked of us. */
static const uint64_t protocol_features = 1ull << 9;

struct message {
  uint32_t request, flags, size;
  uint8_t payload[512];
};

enum { HEAD = 12 };

/* Reads a message and the files that came with it; false at the end of the connection. */
static bool receive(int socket, struct message *message, int files[MOST_REGIONS], unsigned *count) {
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(MOST_REGIONS * sizeof(int))];
  } control;
  struct iovec head = {message, HEAD};
  struct msghdr wrapped = {.msg_iov = &head, .msg_iovlen = 1, .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  *count = 0;
  if (recvmsg(socket, &wrapped, MSG_WAITALL) != HEAD) return false;
  struct cmsghdr *part = CMSG_FIRSTHDR(&wrapped);
  if (part && part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS) {
    *count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(files, CMSG_DATA(part), *count * sizeof(int));
  }
  if (message->size > sizeof message->payload) return false;
  return message->size == 0 ||
         recv(socket, message->payload, message->size, MSG_WAITALL) == (ssize_t)message->size;
}

static bool reply(int socket, struct message *message, const void *payload, uint32_t size) {
  message->flags = VERSION | IS_REPLY;
  message->size = size;
  memcpy(message->payload, payload, size);
  return send(socket, message, HEAD + size, MSG_NOSIGNAL) == (ssize_t)(HEAD + size);
}

static bool reply_number(int socket, struct message *message, uint64_t number) {
  return reply(socket, message, &number, sizeof number);
}

/* Places the ring; where it isn't in the memory that is ours, the guest doesn't get its disk. */
static bool place_ring(struct server *server, const struct message *message) {
  struct {
    uint32_t index, flags;
    uint64_t descriptors, used, available, log;
  } wanted;
  struct ring *ring = &server->ring;
  if (message->size < sizeof wanted) return false;
  memcpy(&wanted, message->payload, sizeof wanted);
  ring->descriptors =
      by_user_address(server, wanted.descriptors, ring->size * sizeof(struct descriptor));
  ring->available = by_user_address(server, wanted.available, 4 + ring->size * 2);
  ring->used_ring = by_user_address(server, wanted.used, 4 + ring->size * 8);
  if (!ring->descriptors || !ring->available || !ring->used_ring) {
    say("refused: ring 0 is in memory that isn't ours");
    return false;
  }
  say("ring 0 is ours");
  return true;
}

static void take_file(int *place, const int *files, unsigned count) {
  if (*place >= 0) close(*place);
  *place = count > 0 ? files[0] : -1;
}

bool answer(struct server *server) {
  struct message message;
  int files[MOST_REGIONS];
  unsigned count;
  struct ring *ring = &server->ring;
  struct {
    uint32_t index, number;
  } state;
  if (!receive(server->socket, &message, files, &count)) return false;
  memcpy(&state, message.payload, sizeof state);
  switch (message.request) {
    case GET_FEATURES: return reply_number(server->socket, &message, features);
    case GET_PROTOCOL_FEATURES:
      return reply_number(server->socket, &message, protocol_features);
    case GET_QUEUE_NUM: return reply_number(server->socket, &message, 1);
    case SET_MEM_TABLE: {
      bool mapped = map_memory(server, message.payload, message.size, files, count);
      for (unsigned index = 0; index < count; index++) close(files[index]);
      return mapped;
    }
    case SET_VRING_NUM:
      if (state.number == 0 || state.number > MOST_DESCRIPTORS) return false;
      ring->size = state.number;
      return true;
    case SET_VRING_BASE:
      ring->next = ring->used = (uint16_t)state.number;
      return true;
    case SET_VRING_ADDR: return place_ring(server, &message);
    case SET_VRING_KICK:
      take_file(&ring->kick, files, message.payload[1] & (NO_FILE >> 8) ? 0 : count);
      ring->ready = ring->descriptors != NULL;
      return true;
    case SET_VRING_CALL:
      take_file(&ring->call, files, message.payload[1] & (NO_FILE >> 8) ? 0 : count);
      return true;
    case GET_VRING_BASE:
      ring->ready = false;
      state.number = ring->next;
      return reply(server->socket, &message, &state, sizeof state);
    case GET_CONFIG: {
      /* offset, size, flags, and behind them the configuration, which starts with the capacity. */
      uint8_t payload[sizeof message.payload] = {0};
      uint32_t size = message.size;
      memcpy(payload, message.payload, 12);
      if (size >= 20) memcpy(payload + 12, &server->sectors, 8);
      return reply(server->socket, &message, payload, size);
    }
    default:
      /* Nothing that matters here: the owner, which features were taken, errors. */
      for (unsigned index = 0; index < count; index++) close(files[index]);
      return true;
  }
}
