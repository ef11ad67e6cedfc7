#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Of our own, because headers older than the kernel know fewer fields.
// Source: Linux, include/uapi/linux/landlock.h
struct ruleset {
  uint64_t handled_access_fs;
  uint64_t handled_access_net;
  uint64_t scoped;
};
enum { CREATE_RULESET_VERSION = 1 };

// The same numbers on every architecture.
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#endif
#ifndef SYS_landlock_restrict_self
#define SYS_landlock_restrict_self 446
#endif

static long version(void) {
  return syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, CREATE_RULESET_VERSION);
}

int enter_landlock(void) {
  long abi = version();
  if (abi < 1) return ENOSYS;
  struct ruleset rules = {.handled_access_fs = (1u << 13) - 1};     // EXECUTE to MAKE_SYM
  if (abi >= 2) rules.handled_access_fs |= 1u << 13;                // REFER
  if (abi >= 3) rules.handled_access_fs |= 1u << 14;                // TRUNCATE
  if (abi >= 5) rules.handled_access_fs |= 1u << 15;                // IOCTL_DEV
  if (abi >= 4) rules.handled_access_net = 1u << 0 | 1u << 1;       // BIND_TCP, CONNECT_TCP
  if (abi >= 6) rules.scoped = 1u << 0 | 1u << 1;                   // ABSTRACT_UNIX_SOCKET, SIGNAL
  size_t size = abi >= 6   ? sizeof rules
                : abi >= 4 ? offsetof(struct ruleset, scoped)
                           : offsetof(struct ruleset, handled_access_net);
  // No rule is added to the set, so nothing that it handles is allowed.
  long descriptor = syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (descriptor < 0) return errno;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  long failed = syscall(SYS_landlock_restrict_self, (int)descriptor, 0);
  int error = errno;
  close((int)descriptor);
  return failed ? error : 0;
}
