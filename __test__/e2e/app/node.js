/** Node's modules, by the names that Electron 9's Node 12.14 knows. */
// biome-ignore-start lint/style/useNodejsImportProtocol: it does not know "node:".
const { strict } = require("assert");
const { createHook } = require("async_hooks");
const { spawn } = require("child_process");
const fs = require("fs");
const http = require("http");
const os = require("os");
const path = require("path");
const { format } = require("util");
const v8 = require("v8");
const vm = require("vm");
// biome-ignore-end lint/style/useNodejsImportProtocol: it does not know "node:".

module.exports = { createHook, format, fs, http, os, path, spawn, strict, v8, vm };
