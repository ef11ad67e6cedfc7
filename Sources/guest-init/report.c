#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "guest.h"

static int log_file = -1;

void report_open(void) {
  /* Else the kernel drops what comes too fast. It wants the newline. */
  file_write("/proc/sys/kernel/printk_devkmsg", "on\n");
  log_file = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
}

void report(const char *format, ...) {
  char line[900] = "<5>DTGEN ";
  size_t start = strlen(line);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line + start, sizeof line - start - 1, format, arguments);
  va_end(arguments);
  strcat(line, "\n");
  if (write(log_file, line, strlen(line)) < 0) return;
}
