#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the numbers of this architecture's system calls are not known here"
#endif

// The low halves of the arguments: both architectures are little-endian.
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n))

#define LOAD(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
// Skips `count` instructions unless the value is equal.
#define UNLESS_EQUAL(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (count))
#define ALLOW(number) UNLESS_EQUAL((number), 1), RETURN(SECCOMP_RET_ALLOW)
// Memory may be mapped and protected in any way but as code.
#define ALLOW_WITHOUT_EXECUTE(number)                                                          \
  UNLESS_EQUAL((number), 4), LOAD(ARGUMENT(2)),                                                \
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0), RETURN(SECCOMP_RET_ALLOW),        \
      RETURN(SECCOMP_RET_TRAP)

int enter_seccomp(void) {
  struct sock_filter filter[] = {
      LOAD(offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      LOAD(offsetof(struct seccomp_data, nr)),
      // Output, to descriptors that are open already: no call on this list opens one.
      ALLOW(SYS_write),
      ALLOW(SYS_writev),
      ALLOW(SYS_close),
      // Memory.
      ALLOW(SYS_brk),
      ALLOW(SYS_munmap),
      ALLOW(SYS_mremap),
      ALLOW(SYS_madvise),
      ALLOW_WITHOUT_EXECUTE(SYS_mmap),
      ALLOW_WITHOUT_EXECUTE(SYS_mprotect),
      // Locks, which only one thread takes.
      ALLOW(SYS_futex),
      ALLOW(SYS_sched_yield),
      // The clocks, which most kernels answer without a system call.
      ALLOW(SYS_clock_gettime),
      ALLOW(SYS_gettimeofday),
      // The end, and abort().
      ALLOW(SYS_exit),
      ALLOW(SYS_exit_group),
      ALLOW(SYS_rt_sigreturn),
      // Never to block signals: a denied call that can't be reported would end the process instead.
      // Blocking all of them is how glibc begins to fork.
      UNLESS_EQUAL(SYS_rt_sigprocmask, 4),
      LOAD(ARGUMENT(0)),
      UNLESS_EQUAL(SIG_UNBLOCK, 1),
      RETURN(SECCOMP_RET_ALLOW),
      RETURN(SECCOMP_RET_TRAP),
      ALLOW(SYS_getpid),
      ALLOW(SYS_gettid),
      UNLESS_EQUAL(SYS_tgkill, 5),
      LOAD(ARGUMENT(0)),
      UNLESS_EQUAL((unsigned)getpid(), 3),
      LOAD(ARGUMENT(2)),
      UNLESS_EQUAL(SIGABRT, 1),
      RETURN(SECCOMP_RET_ALLOW),
      RETURN(SECCOMP_RET_TRAP),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ? 0 : errno;
}
