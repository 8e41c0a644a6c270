// The JSON-RPC end of a language client: starts the server, frames messages, and pairs answers with requests.
"use strict";

const { spawn } = require("child_process");

class Client {
  /**
   * @param {string} command the binary to start
   * @param {string[]} args its arguments
   * @param {(method: string, params: any) => void} onNotification
   * @param {(reason: Error | null) => void} onExit called once, when the server is gone without being asked to leave
   */
  constructor(command, args, onNotification, onExit) {
    this.requests = new Map();
    this.nextId = 1;
    this.buffer = Buffer.alloc(0);
    this.onNotification = onNotification;
    this.isStopping = false;
    this.isGone = false;
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    const gone = (reason) => {
      if (this.isGone) return;
      this.isGone = true;
      for (const { reject } of this.requests.values()) reject(new Error("the language server is gone"));
      this.requests.clear();
      if (!this.isStopping) onExit(reason);
    };
    this.process.on("error", gone);
    this.process.on("exit", () => gone(null));
    this.process.stdin.on("error", () => {});
    this.process.stdout.on("data", (data) => this.receive(data));
  }

  receive(data) {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (;;) {
      const end = this.buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const match = /content-length: *(\d+)/i.exec(this.buffer.toString("ascii", 0, end));
      const length = match ? Number(match[1]) : 0;
      if (this.buffer.length < end + 4 + length) return;
      const body = this.buffer.toString("utf8", end + 4, end + 4 + length);
      this.buffer = this.buffer.subarray(end + 4 + length);
      if (length > 0) this.dispatch(JSON.parse(body));
    }
  }

  dispatch(message) {
    if (message.method !== undefined) return this.onNotification(message.method, message.params);
    const request = this.requests.get(message.id);
    if (!request) return;
    this.requests.delete(message.id);
    if (message.error) request.reject(new Error(message.error.message));
    else request.resolve(message.result);
  }

  write(message) {
    if (this.isGone) return;
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }), "utf8");
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  notify(method, params) {
    this.write({ method, params });
  }

  /** Sends a request; a cancelled token tells the server, which then answers with an error. */
  request(method, params, token) {
    if (this.isGone) return Promise.reject(new Error("the language server is gone"));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.requests.set(id, { resolve, reject });
      if (token && token.onCancellationRequested) {
        token.onCancellationRequested(() => this.notify("$/cancelRequest", { id }));
      }
      this.write({ id, method, params });
    });
  }

  async stop() {
    this.isStopping = true;
    if (this.isGone) return;
    try {
      await this.request("shutdown", null);
    } catch {
      // It is gone already.
    }
    this.notify("exit", null);
    this.process.stdin.end();
  }
}

module.exports = { Client };
