#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest.h"

const char *file_line(char *line, size_t size, const char *format, ...) {
  char path[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(path, sizeof path, format, arguments);
  va_end(arguments);
  line[0] = 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return line;
  ssize_t count = read(file, line, size - 1);
  close(file);
  line[count < 0 ? 0 : count] = 0;
  line[strcspn(line, "\n")] = 0;
  return line;
}

bool file_write(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t count = write(file, text, strlen(text));
  close(file);
  return count == (ssize_t)strlen(text);
}

const char *link_name(char *name, size_t size, const char *format, ...) {
  char path[512], target[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(path, sizeof path, format, arguments);
  va_end(arguments);
  ssize_t count = readlink(path, target, sizeof target - 1);
  target[count < 0 ? 0 : count] = 0;
  const char *slash = strrchr(target, '/');
  snprintf(name, size, "%s", count < 0 ? "-" : slash ? slash + 1 : target);
  return name;
}

const char *node_path(char *path, size_t size, const char *device) {
  static const char top[] = "/sys/firmware/devicetree/base";
  char link[512];
  snprintf(link, sizeof link, "%s/of_node", device);
  char *target = realpath(link, NULL);
  bool is_node = target && strncmp(target, top, sizeof top - 1) == 0;
  snprintf(path, size, "%s", is_node ? target + sizeof top - 1 : "-");
  free(target);
  return path;
}

static int is_visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

void each_name(const char *directory, void (*call)(const char *, void *), void *context) {
  struct dirent **entries;
  int count = scandir(directory, &entries, is_visible, versionsort);
  for (int index = 0; index < count; index++) {
    call(entries[index]->d_name, context);
    free(entries[index]);
  }
  if (count >= 0) free(entries);
}

struct search {
  char *name;
  size_t size;
  const char *prefix;
  unsigned left;
  bool found;
};

static void look(const char *name, void *context) {
  struct search *search = context;
  if (search->found || strncmp(name, search->prefix, strlen(search->prefix)) != 0) return;
  if (search->left-- > 0) return;
  snprintf(search->name, search->size, "%s", name);
  search->found = true;
}

bool name_at(char *name, size_t size, const char *directory, const char *prefix, unsigned index) {
  struct search search = {name, size, prefix, index, false};
  each_name(directory, look, &search);
  return search.found;
}
