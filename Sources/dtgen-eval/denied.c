#define _GNU_SOURCE
#include "denied.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <ucontext.h>

#include "report.h"

enum { NO_PATH = -1 };

// The system calls that programs are likely to try. The others are reported by number.
static const struct {
  int number;
  const char *kind;
  int path;  // the argument that names a file
} calls[] = {
    {SYS_read, "read-input", NO_PATH},
    {SYS_readv, "read-input", NO_PATH},
    {SYS_fstat, "inspect-file", NO_PATH},
    {SYS_newfstatat, "inspect-file", 1},
    {SYS_statx, "inspect-file", 1},
    {SYS_statfs, "inspect-file", 0},
    {SYS_readlinkat, "inspect-file", 1},
    {SYS_faccessat, "inspect-file", 1},
    {SYS_faccessat2, "inspect-file", 1},
    {SYS_chdir, "inspect-file", 0},
    {SYS_getcwd, "inspect-file", NO_PATH},
    {SYS_unlinkat, "change-file", 1},
    {SYS_renameat2, "change-file", 1},
    {SYS_mkdirat, "change-file", 1},
    {SYS_symlinkat, "change-file", 2},
    {SYS_linkat, "change-file", 1},
    {SYS_fchmodat, "change-file", 1},
    {SYS_fchownat, "change-file", 1},
    {SYS_truncate, "change-file", 0},
    {SYS_mknodat, "change-file", 1},
    {SYS_utimensat, "change-file", 1},
    {SYS_execve, "execute", 0},
    {SYS_execveat, "execute", 1},
    {SYS_socket, "network", NO_PATH},
    {SYS_socketpair, "network", NO_PATH},
    {SYS_connect, "network", NO_PATH},
    {SYS_bind, "network", NO_PATH},
    {SYS_kill, "signal", NO_PATH},
    {SYS_tgkill, "signal", NO_PATH},
    {SYS_tkill, "signal", NO_PATH},
    {SYS_rt_sigaction, "signal", NO_PATH},
    {SYS_rt_sigprocmask, "signal", NO_PATH},
    {SYS_clone, "process", NO_PATH},
    {SYS_clone3, "process", NO_PATH},
    {SYS_getrandom, "random", NO_PATH},
    {SYS_nanosleep, "sleep", NO_PATH},
    {SYS_clock_nanosleep, "sleep", NO_PATH},
    {SYS_ppoll, "sleep", NO_PATH},
    {SYS_pselect6, "sleep", NO_PATH},
#if defined(__x86_64__)
    // Numbers that newer architectures don't have.
    {SYS_stat, "inspect-file", 0},
    {SYS_lstat, "inspect-file", 0},
    {SYS_access, "inspect-file", 0},
    {SYS_readlink, "inspect-file", 0},
    {SYS_unlink, "change-file", 0},
    {SYS_rename, "change-file", 0},
    {SYS_mkdir, "change-file", 0},
    {SYS_rmdir, "change-file", 0},
    {SYS_symlink, "change-file", 1},
    {SYS_link, "change-file", 0},
    {SYS_chmod, "change-file", 0},
    {SYS_chown, "change-file", 0},
    {SYS_poll, "sleep", NO_PATH},
    {SYS_select, "sleep", NO_PATH},
    {SYS_pause, "sleep", NO_PATH},
    {SYS_fork, "process", NO_PATH},
    {SYS_vfork, "process", NO_PATH},
#endif
};

static uint64_t argument(const ucontext_t *context, int index) {
#if defined(__x86_64__)
  static const int registers[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
  return (uint64_t)context->uc_mcontext.gregs[registers[index]];
#else
  return context->uc_mcontext.regs[index];
#endif
}

static const char *pointer(const ucontext_t *context, int index) {
  return (const char *)(uintptr_t)argument(context, index);
}

static void report_open(const char *path, uint64_t flags) {
  int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  report_line("denied", writes ? "write-file" : "read-file");
  report_string("path", path);
}

// Before it starts a process or a thread, glibc blocks all signals, or handles those of its own, from
// which alone the attempt can be told: the call that follows would never be reported.
static int begins_process(int number, const ucontext_t *context) {
  enum { FIRST_OF_GLIBC = 32, LAST_OF_GLIBC = 33 };
  if (number == SYS_rt_sigaction) {
    uint64_t signal = argument(context, 0);
    return signal >= FIRST_OF_GLIBC && signal <= LAST_OF_GLIBC;
  }
  const uint64_t *set = (const void *)pointer(context, 1);
  return number == SYS_rt_sigprocmask && set != NULL && *set == ~(uint64_t)0;
}

// Each branch reports the kind before it follows a pointer: should that fault, the kind is known.
void report_denied_call(int number, void *opaque) {
  const ucontext_t *context = opaque;
  switch (number) {
    case SYS_openat:
      report_open(pointer(context, 1), argument(context, 2));
      return;
    case SYS_openat2:
      report_line("denied", "read-file");
      report_string("path", pointer(context, 1));
      return;
#if defined(__x86_64__)
    case SYS_open:
      report_open(pointer(context, 0), argument(context, 1));
      return;
    case SYS_creat:
      report_open(pointer(context, 0), O_CREAT);
      return;
#endif
    default:
      break;
  }
  if (begins_process(number, context)) {
    report_line("denied", "process");
    return;
  }
  for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
    if (calls[i].number != number) continue;
    report_line("denied", calls[i].kind);
    if (calls[i].path != NO_PATH) report_string("path", pointer(context, calls[i].path));
    return;
  }
  report_line("denied", "other");
  report_number("call", number);
}
