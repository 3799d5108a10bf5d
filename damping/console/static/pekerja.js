// Woken by an empty push while the desk is closed: says that somebody waits, and nothing else.
"use strict";

self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification("Meja Damping", {
    body: "Ada yang menunggu di meja.",
    tag: "damping",
    renotify: true,
    requireInteraction: true,
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window" });
    if (open.length) await open[0].focus();
    else await self.clients.openWindow("/");
  })());
});
