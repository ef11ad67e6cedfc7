/* Calls of Linux that the Glibc module leaves out: its headers are read without _GNU_SOURCE. */
#ifndef CLINUX_H
#define CLINUX_H

#include <errno.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

/* <sys/mman.h>, <unistd.h>, <sys/prctl.h> and <sys/syscall.h> as far as they are needed; see
   memfd_create(2), pipe2(2), signalfd(2), prctl(2), pidfd_open(2) and socketpair(2). */
extern int memfd_create(const char *name, unsigned int flags);
extern int pipe2(int descriptors[2], int flags);
extern int signalfd(int descriptor, const void *mask, int flags);
extern long syscall(long number, ...);
extern int mallopt(int parameter, int value);
extern int prctl(int option, ...);
extern int socketpair(int domain, int type, int protocol, int sockets[2]);
extern int fcntl(int descriptor, int command, ...);
extern pid_t waitpid(pid_t process, int *status, int options);

/* 434 on every architecture: numbers from 424 on are shared. */
static inline int clinux_pidfd_open(pid_t process) { return (int)syscall(434, process, 0u); }

/* An unnamed file in memory, closed on exec; -1 and errno where there is none. */
static inline int clinux_unnamed_file(const char *name) {
  return memfd_create(name, 1u /* MFD_CLOEXEC */);
}

/* A pipe that is closed on exec; 0, or -1 and errno. */
static inline int clinux_pipe(int descriptors[2]) {
  return pipe2(descriptors, 02000000 /* O_CLOEXEC, the same on x86-64 and arm64 */);
}

/* Lets all threads ask one arena for memory; see mallopt(3), M_ARENA_MAX. */
static inline void clinux_share_memory_arena(void) { mallopt(-8, 1); }

/* A descriptor that becomes readable when a signal of the (blocked) set is pending. */
static inline int clinux_signal_descriptor(const void *mask) {
  return signalfd(-1, mask, 02000000 | 04000 /* SFD_CLOEXEC | SFD_NONBLOCK */);
}

/* Has this process get a signal when the thread that started it ends; see PR_SET_PDEATHSIG. */
static inline int clinux_tie_to_parent(int signal) { return prctl(1, (unsigned long)signal); }

/* Waits for a child that is ending. */
static inline void clinux_reap(pid_t process) {
  while (waitpid(process, 0, 0) < 0 && errno == EINTR) {
  }
}

/* Starts a program with these files as its input, output and errors, and no others; it gets `signal`
   when the thread that calls this ends, so that no way to end this process leaves it behind. Signals are
   delivered to it as usual. The process, or -1 and errno.

   Between fork and exec only calls that are safe there; see signal-safety(7). */
static inline pid_t clinux_start_tied(const char *path, char *const arguments[],
                                      char *const variables[], const int files[3], int signal) {
  int report[2], code = 0;
  pid_t parent = getpid();
  if (clinux_pipe(report) < 0) return -1;
  pid_t child = fork();
  if (child == 0) {
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < 32; number++) {
      struct sigaction action;
      /* What was ignored stays so, as with nohup. */
      if (sigaction(number, 0, &action) == 0 && action.sa_handler != SIG_IGN) {
        action.sa_handler = SIG_DFL;
        action.sa_flags = 0;
        sigaction(number, &action, 0);
      }
    }
    sigprocmask(SIG_SETMASK, &none, 0);
    if (clinux_tie_to_parent(signal) == 0 && getppid() == parent && dup2(files[0], 0) >= 0 &&
        dup2(files[1], 1) >= 0 && dup2(files[2], 2) >= 0) {
      /* close_range with CLOSE_RANGE_CLOEXEC: the files of a child that starts at the same moment. */
      syscall(436, 3u, ~0u, 4u);
      execve(path, arguments, variables);
    }
    code = errno;
    if (write(report[1], &code, sizeof code) < 0) _exit(126);
    _exit(127);
  }
  int failure = errno;
  close(report[1]);
  if (child > 0 && read(report[0], &code, sizeof code) != (ssize_t)sizeof code) code = 0;
  close(report[0]);
  if (child > 0 && code == 0) return child;
  errno = child > 0 ? code : failure;
  return -1;
}

/* Starts a program that takes this process's place before whoever started it: the same group, terminal,
   variables and open files, and besides the files `kept`, -1 behind the last one, which are closed on exec
   otherwise. What `mask` blocks is blocked there. It gets `signal` when the thread that calls this ends. The
   program is looked for on PATH; see execvp(3). The process, or -1 and errno. */
static inline pid_t clinux_start_beside(char *const words[], const int *kept, const sigset_t *mask,
                                        int signal) {
  int report[2], code = 0;
  pid_t parent = getpid();
  if (clinux_pipe(report) < 0) return -1;
  pid_t child = fork();
  if (child == 0) {
    sigprocmask(SIG_SETMASK, mask, 0);
    while (*kept >= 0 && fcntl(*kept, 2 /* F_SETFD */, 0) == 0) kept++;
    if (clinux_tie_to_parent(signal) == 0 && getppid() == parent && *kept < 0)
      execvp(words[0], words);
    code = errno;
    if (write(report[1], &code, sizeof code) < 0) _exit(126);
    _exit(127);
  }
  int failure = errno;
  close(report[1]);
  if (child > 0 && read(report[0], &code, sizeof code) != (ssize_t)sizeof code) code = 0;
  close(report[0]);
  if (child > 0 && code == 0) return child;
  /* One that could not start the program has ended. */
  if (child > 0) clinux_reap(child);
  errno = child > 0 ? code : failure;
  return -1;
}

/* Two sockets that are connected, closed on exec; 0, or -1 and errno. */
static inline int clinux_sockets(int sockets[2]) {
  return socketpair(1 /* AF_UNIX */, 1 | 02000000 /* SOCK_STREAM | SOCK_CLOEXEC */, 0, sockets);
}

#endif
