#define _GNU_SOURCE
#include "handlers.h"

#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#include "denied.h"
#include "report.h"

// The unwinder needs a few KiB, and more in the frames of report_frames.
enum { HANDLER_STACK = 256 * 1024 };

static uintptr_t stack_pointer(const ucontext_t *context) {
#if defined(__x86_64__)
  return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#else
  return (uintptr_t)context->uc_mcontext.sp;
#endif
}

static uintptr_t instruction(const ucontext_t *context) {
#if defined(__x86_64__)
  return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#else
  return (uintptr_t)context->uc_mcontext.pc;
#endif
}

static _Noreturn void leave(const ucontext_t *context) {
  report_frames(instruction(context));
  _exit(1);
}

static void on_denied_call(int signal, siginfo_t *information, void *context) {
  (void)signal;
  report_denied_call(information->si_syscall, context);
  leave(context);
}

static void on_fault(int signal, siginfo_t *information, void *context) {
  // A stack that can't grow faults next to where the stack pointer is, and nothing else does.
  uintptr_t address = (uintptr_t)information->si_addr, pointer = stack_pointer(context);
  enum { NEAR = 1 << 16 };
  if (signal == SIGSEGV && address - pointer + NEAR < 2 * NEAR)
    report_line("stack-overflow", NULL);
  else
    report_number("fault", signal);
  leave(context);
}

static void on_timeout(int signal, siginfo_t *information, void *context) {
  (void)signal;
  (void)information;
  report_line("timeout", NULL);
  leave(context);
}

static void handle(int signal, void (*handler)(int, siginfo_t *, void *)) {
  // Reset, so that a handler that faults itself ends the process and doesn't start over.
  struct sigaction action = {
      .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND};
  sigaction(signal, &action, NULL);
}

void install_handlers(void) {
  void *stack = mmap(NULL, HANDLER_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                     -1, 0);
  if (stack != MAP_FAILED) {
    stack_t alternative = {.ss_sp = stack, .ss_size = HANDLER_STACK};
    sigaltstack(&alternative, NULL);
  }
  handle(SIGSYS, on_denied_call);
  static const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++) handle(faults[i], on_fault);
  handle(SIGALRM, on_timeout);
  handle(SIGXCPU, on_timeout);
}
