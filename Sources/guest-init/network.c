/* A network card: it asks who has the address of QEMU's gateway, and waits for the answer. */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "guest.h"

struct arp {
  uint8_t to[6], from[6];
  uint16_t ethertype, hardware, protocol;
  uint8_t hardware_length, protocol_length;
  uint16_t operation;
  uint8_t sender[6], sender_address[4], target[6], target_address[4];
} __attribute__((packed));

static bool is_answer(const struct arp *frame) {
  static const uint8_t gateway[] = {10, 0, 2, 2};
  return frame->ethertype == htons(ETH_P_ARP) && frame->operation == htons(2) &&
         memcmp(frame->sender_address, gateway, 4) == 0;
}

int exercise_network(const struct device *device) {
  char directory[128];
  struct ifreq request = {0};
  snprintf(directory, sizeof directory, "/sys/bus/virtio/devices/%s/net", device->name);
  if (!name_at(request.ifr_name, sizeof request.ifr_name, directory, "", 0)) return FAILED;
  int link = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ARP));
  if (link < 0 || ioctl(link, SIOCGIFHWADDR, &request) < 0) return FAILED;
  struct arp question = {
      .to = {255, 255, 255, 255, 255, 255},
      .ethertype = htons(ETH_P_ARP),
      .hardware = htons(1),
      .protocol = htons(ETH_P_IP),
      .hardware_length = 6,
      .protocol_length = 4,
      .operation = htons(1),
      .sender_address = {10, 0, 2, 15},
      .target_address = {10, 0, 2, 2},
  };
  memcpy(question.from, request.ifr_hwaddr.sa_data, 6);
  memcpy(question.sender, request.ifr_hwaddr.sa_data, 6);
  request.ifr_flags = IFF_UP;
  if (ioctl(link, SIOCSIFFLAGS, &request) < 0) return FAILED;
  /* Not if_nametoindex, which asks a kind of socket that this kernel doesn't have. */
  if (ioctl(link, SIOCGIFINDEX, &request) < 0) return FAILED;
  struct sockaddr_ll address = {
      .sll_family = AF_PACKET,
      .sll_protocol = htons(ETH_P_ARP),
      .sll_ifindex = request.ifr_ifindex,
  };
  if (bind(link, (struct sockaddr *)&address, sizeof address) < 0) return FAILED;
  /* Whoever waits for this process has no more patience than we do. */
  for (;;) {
    if (write(link, &question, sizeof question) != sizeof question) return FAILED;
    struct pollfd wait = {.fd = link, .events = POLLIN};
    while (poll(&wait, 1, 200) > 0) {
      struct arp answer = {0};
      if (read(link, &answer, sizeof answer) == sizeof answer && is_answer(&answer)) return 0;
    }
  }
}
