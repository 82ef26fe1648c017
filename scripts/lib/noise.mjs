/** Chromium's own log line; FATAL and CONSOLE (a page's own words) are left out on purpose. */
const CHROMIUM =
  /^\[[\d:]+\/[\d.]+:(?:ERROR|WARNING|INFO|VERBOSE\d):(?:[\w./-]*\/)?(\w+\.cc)(?:\(\d+\)|:\d+)\] ?(.*)/;

/** Sources that complain about a missing bus, GPU or video driver, as there is under Xvfb. */
const SOURCES = [
  "angle_platform_impl.cc",
  "bus.cc",
  "command_buffer_proxy_impl.cc",
  "gpu_init.cc",
  "gpu_memory_buffer_support_x11.cc",
  "sandbox_linux.cc",
  "viz_main_impl.cc",
  "x11_software_bitmap_presenter.cc",
];

const FAMILIES = /^(?:gl|egl|gles2|vaapi|angle)_\w+\.cc$/;

const TEXTS =
  /Failed to connect to the bus|org\.freedesktop\.|dri3 extension not supported|libva|vaapi|VA-API/;

const UNPREFIXED = /^(?:libva (?:info|error):|Gtk-Message: |MESA-LOADER: |libGL error: )/;

/**
 * Whether a line of Electron's stderr is Chromium's harmless chatter on a machine without a
 * desktop.
 * @param {string} line
 */
export function isNoise(line) {
  const chromium = CHROMIUM.exec(line);
  if (!chromium) return UNPREFIXED.test(line);
  const [, source, text] = chromium;
  return SOURCES.includes(source) || FAMILIES.test(source) || TEXTS.test(text);
}
