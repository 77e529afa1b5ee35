// The queue in front of Tundish: what the shop says before the tracker has loaded (or if it never does) waits here.
window.tundish =
  window.tundish ||
  function () {
    // biome-ignore lint: the one-line stub, kept as an owner would paste it
    (window.tundish.q = window.tundish.q || []).push(arguments);
  };
