console.log("a preload that calls nothing of the package");
