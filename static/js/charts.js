// Draws charts over their SVG once they come into view. Without scripts table and SVG say the same.

// Narrower than this, numbers beside the points would cover each other: the table has them.
const NARROW = 480;
const pictures = document.querySelectorAll("[data-chart]");

async function draw(picture) {
  const { data, layout, config } = JSON.parse(document.getElementById(picture.dataset.chart).textContent);
  // The library is no module: importing it sets its global name.
  await import(picture.dataset.library);
  const plot = document.createElement("div");
  plot.className = "chart-plot";
  // The table and the SVG's words are what a reader hears; the plot repeats them.
  plot.setAttribute("aria-hidden", "true");
  picture.append(plot);
  if (picture.clientWidth < NARROW) {
    thin(data, layout);
  }
  await window.Plotly.newPlot(plot, data, layout, config);
  picture.classList.add("is-drawn");
}

function thin(data, layout) {
  for (const trace of data) {
    delete trace.text;
    if (trace.mode) {
      trace.mode = "lines+markers";
    }
  }
  Object.assign(layout.xaxis, { nticks: 4, tickangle: 0 });
}

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries.filter((one) => one.isIntersecting)) {
    watcher.unobserve(entry.target);
    draw(entry.target).catch(() => {
      // The SVG stays.
      entry.target.querySelector(".chart-plot")?.remove();
    });
  }
});

for (const picture of pictures) {
  watcher.observe(picture);
}
