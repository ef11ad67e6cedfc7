/* The init of guests that boot a kernel of Debian's, which has its drivers in modules: it loads those in
 * /modules, in the order of their names, and becomes /guest-init. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 10, PATIENCE_MS = 3000 };

/* Of linux/module.h: the kernel unpacks what is compressed. */
enum { INIT_COMPRESSED_FILE = 4 };

static int is_visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static void complain(const char *name, const char *why) {
  char line[256];
  int length = snprintf(line, sizeof line, "<4>DTGEN module name=%s result=%s\n", name, why);
  int log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
  if (log < 0) return;
  if (write(log, line, (size_t)length) < 0) return;
  close(log);
}

static int load(const char *name) {
  char path[300];
  snprintf(path, sizeof path, "/modules/%s", name);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 1;
  bool compressed = strlen(name) < 3 || strcmp(name + strlen(name) - 3, ".ko") != 0;
  long result = syscall(SYS_finit_module, file, "", compressed ? INIT_COMPRESSED_FILE : 0);
  return result == 0 || errno == EEXIST ? 0 : 1;
}

/* A driver that comes asks its devices at once, and one whose interrupt never comes waits for ever. */
static void load_with_patience(const char *name) {
  pid_t child = fork();
  if (child == 0) _exit(load(name));
  for (int waited = 0; waited < PATIENCE_MS; waited += TICK_MS) {
    int status;
    if (waitpid(child, &status, WNOHANG) == child) {
      if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) complain(name, "failed");
      return;
    }
    nanosleep(&(struct timespec){.tv_nsec = TICK_MS * 1000000L}, NULL);
  }
  complain(name, "stuck");
}

int main(void) {
  mkdir("/dev", 0755);
  mount("none", "/dev", "devtmpfs", 0, "");
  struct dirent **entries;
  int count = scandir("/modules", &entries, is_visible, alphasort);
  for (int index = 0; index < count; index++) load_with_patience(entries[index]->d_name);
  execl("/guest-init", "/init", NULL);
  complain("guest-init", "missing");
  for (;;) pause();
}
