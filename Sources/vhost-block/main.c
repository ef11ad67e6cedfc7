/* usage: vhost-block SOCKET DISK */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "vhost.h"

void say(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  putchar('\n');
  fflush(stdout);
}

static int listen_at(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (strlen(path) >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(address.sun_path, path);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) return -1;
  return listen(listener, 1) < 0 ? -1 : listener;
}

int main(int count, char **arguments) {
  static struct server server = {.ring = {.kick = -1, .call = -1}};
  struct stat status;
  if (count != 3) {
    fprintf(stderr, "usage: vhost-block SOCKET DISK\n");
    return 64;
  }
  server.disk = open(arguments[2], O_RDWR | O_CLOEXEC);
  if (server.disk < 0 || fstat(server.disk, &status) < 0) {
    fprintf(stderr, "error: %s: %s\n", arguments[2], strerror(errno));
    return 66;
  }
  server.sectors = (uint64_t)status.st_size / 512;
  int listener = listen_at(arguments[1]);
  if (listener < 0) {
    fprintf(stderr, "error: %s: %s\n", arguments[1], strerror(errno));
    return 73;
  }
  server.socket = accept(listener, NULL, NULL);
  if (server.socket < 0) return 71;
  unsigned served = 0;
  for (;;) {
    struct pollfd waits[] = {{.fd = server.socket, .events = POLLIN},
                             {.fd = server.ring.ready ? server.ring.kick : -1, .events = POLLIN}};
    if (poll(waits, 2, -1) < 0) return 71;
    if (waits[0].revents && !answer(&server)) break;
    if (server.ring.ready && waits[1].revents) {
      uint64_t kicks;
      if (read(server.ring.kick, &kicks, sizeof kicks) < 0) break;
      if (!serve_requests(&server)) break;
      if (served++ == 0) say("ring 0 is served");
    }
  }
  return 0;
}
