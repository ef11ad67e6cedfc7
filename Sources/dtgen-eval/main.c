/* dtgen-eval: runs a compiled description without any rights.

   usage: dtgen-eval OBJECT MILLISECONDS BYTES [--require-sandbox] [--without LAYER]...

   Loads OBJECT, gives up every right, and calls `dtgen_entry(3)`, which writes the model to
   descriptor 3. What happened is reported on descriptor 4, in lines that dtgen reads; see
   EvaluationReport.swift. It is a program of its own because dtgen is linked statically and can't
   load objects, and so that what the description does to its process is done to this one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "handlers.h"
#include "report.h"
#include "sandbox.h"

enum { MODEL = 3, REPORT = 4 };

// sysexits.h, as everywhere in dtgen.
enum { USAGE = 64, UNAVAILABLE = 69 };

struct request {
  const char *object;
  unsigned long milliseconds, bytes;
  bool require_sandbox, without_landlock, without_seccomp;
};

static bool parse(int count, char **arguments, struct request *request) {
  if (count < 4) return false;
  request->object = arguments[1];
  request->milliseconds = strtoul(arguments[2], NULL, 10);
  request->bytes = strtoul(arguments[3], NULL, 10);
  for (int i = 4; i < count; i++) {
    if (strcmp(arguments[i], "--require-sandbox") == 0)
      request->require_sandbox = true;
    else if (strcmp(arguments[i], "--without=landlock") == 0)
      request->without_landlock = true;
    else if (strcmp(arguments[i], "--without=seccomp") == 0)
      request->without_seccomp = true;
    else
      return false;
  }
  return request->milliseconds > 0 && request->bytes > 0;
}

// Lowers both limits, so that the first one can't be raised again; the second one is the harsher.
static void set_limit(int resource, rlim_t soft, rlim_t hard) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return;
  if (limit.rlim_max == RLIM_INFINITY || hard < limit.rlim_max) limit.rlim_max = hard;
  limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
  setrlimit(resource, &limit);
}

// The size of this process before the description runs, in bytes.
static rlim_t size_now(void) {
  unsigned long pages = 0;
  FILE *file = fopen("/proc/self/statm", "re");
  if (file == NULL) return 0;
  if (fscanf(file, "%lu", &pages) != 1) pages = 0;
  fclose(file);
  return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static void limit_time(unsigned long milliseconds) {
  struct itimerval timer = {
      .it_value = {.tv_sec = (time_t)(milliseconds / 1000),
                   .tv_usec = (suseconds_t)(milliseconds % 1000 * 1000)}};
  setitimer(ITIMER_REAL, &timer, NULL);
  rlim_t seconds = milliseconds / 1000 + 1;
  set_limit(RLIMIT_CPU, seconds, seconds + 1);
}

static void limit_memory(unsigned long bytes) {
  rlim_t size = size_now() + bytes;
  set_limit(RLIMIT_AS, size, size);
  set_limit(RLIMIT_STACK, 8 << 20, 8 << 20);
  set_limit(RLIMIT_CORE, 0, 0);
}

// With buffers of their own the streams need no fstat, which the sandbox denies.
static void prepare_streams(void) {
  static char input[BUFSIZ], output[BUFSIZ];
  setvbuf(stdin, input, _IOFBF, sizeof input);
  setvbuf(stdout, output, _IOLBF, sizeof output);
}

static void on_exit_call(void) {
  report_line("exited", NULL);
  report_frames(0);
}

static bool enter_layer(const char *name, bool present, int (*enter)(void)) {
  int error = present ? enter() : ENOSYS;
  if (error == 0) return true;
  report_line("unprotected", name);
  report_number("because", error);
  return false;
}

int main(int count, char **arguments) {
  struct request request = {0};
  if (!parse(count, arguments, &request)) {
    fputs("dtgen-eval is a part of dtgen, which runs it\n", stderr);
    return USAGE;
  }
  // Whatever ends dtgen ends the description.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  report_to(REPORT);
  install_handlers();
  limit_time(request.milliseconds);

  void *object = dlopen(request.object, RTLD_NOW | RTLD_LOCAL);
  if (object == NULL) {
    report_string("not-loaded", dlerror());
    return UNAVAILABLE;
  }
  int (*entry)(int) = (int (*)(int))dlsym(object, "dtgen_entry");
  if (entry == NULL) {
    report_string("not-loaded", dlerror());
    return UNAVAILABLE;
  }
  report_frames_of(object);
  prepare_streams();
  atexit(on_exit_call);
  limit_memory(request.bytes);
  // Descriptors that the shell or make left open are none of the description's business.
  syscall(SYS_close_range, REPORT + 1, ~0u, 0);

  bool landlock = enter_layer("landlock", !request.without_landlock, enter_landlock);
  bool seccomp = enter_layer("seccomp", !request.without_seccomp, enter_seccomp);
  if (request.require_sandbox && !(landlock && seccomp)) {
    report_line("refused", NULL);
    _exit(UNAVAILABLE);
  }
  int status = entry(MODEL);
  fflush(stdout);
  report_number("returned", status);
  // Not exit(): handlers that the description registered have no business here either.
  _exit(0);
}
