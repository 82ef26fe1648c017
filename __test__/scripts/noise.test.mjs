import assert from "node:assert/strict";
import { test } from "node:test";
import { isNoise } from "../../scripts/lib/launch.mjs";

const NOISE = [
  "[19168:1122/080228.749350:ERROR:bus.cc(399)] Failed to connect to the bus: Failed to connect to socket /run/dbus/system_bus_socket: No such file or directory",
  "[19194:1122/080228.800920:ERROR:gpu_memory_buffer_support_x11.cc(44)] dri3 extension not supported.",
  "[19194:1122/080228.800920:ERROR:viz_main_impl.cc(186)] Exiting GPU process due to errors during initialization",
  "[1:1122/080228.8:ERROR:x11_software_bitmap_presenter.cc(141)] XGetWindowAttributes failed for window 8388609",
  "[1:1122/080228.8:ERROR:command_buffer_proxy_impl.cc(128)] ContextResult::kTransientFailure: Failed to send GpuControl.CreateCommandBuffer.",
  "[1:1122/080228.8:ERROR:gpu_init.cc(523)] Passthrough is not supported, GL is disabled, ANGLE is ",
  "[1:0101/000000.000001:ERROR:vaapi_wrapper.cc(1131)] vaInitialize failed: unknown libva error",
  "[1:0101/000000.000001:ERROR:gl_surface_presentation_helper.cc(260)] GetVSyncParametersIfAvailable() failed",
  "[1:2:0101/000000.000001:ERROR:dbus/bus.cc:407] Failed to connect to the bus: Address does not contain a colon",
  "libva error: vaGetDriverNameByIndex() failed with unknown libva error",
];

const NEWS = [
  "",
  "Segmentation fault",
  "Error: Cannot find module './main.js'",
  "App threw an error: Failed to connect to the bus",
  '[1:1122/080228.8:INFO:CONSOLE(1)] "Failed to connect to the bus", source: file:///a.js (1)',
  "[1:1122/080228.8:FATAL:gpu_data_manager_impl_private.cc(986)] GPU process isn't usable. Goodbye.",
  "[1:1122/080228.8:FATAL:bus.cc(1)] Check failed",
  "[1:1122/080228.8:ERROR:gpu_process_host.cc(967)] GPU process launch failed: error_code=1002",
  "[1:1122/080228.8:ERROR:node_bindings.cc(289)] Most NODE_OPTIONs are not supported",
];

for (const line of NOISE) {
  test(`drops ${line.slice(0, 70)}`, () => assert.equal(isNoise(line), true));
}

for (const line of NEWS) {
  test(`keeps ${line.slice(0, 70)}`, () => assert.equal(isNoise(line), false));
}
