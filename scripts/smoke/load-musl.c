/* Loads a library under musl, every symbol at once, and looks for what Node calls in an addon. */
#include <dlfcn.h>
#include <stdio.h>

int main(int count, char **arguments) {
  void *library = count > 1 ? dlopen(arguments[1], RTLD_NOW) : NULL;
  if (library != NULL && dlsym(library, "napi_register_module_v1") != NULL) return 0;
  const char *reason = dlerror();
  fprintf(stderr, "%s\n", reason != NULL ? reason : "it is no Node addon");
  return 1;
}
