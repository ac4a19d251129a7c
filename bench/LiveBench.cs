using Cinnabar.Demo;

namespace Cinnabar.Bench;

/// <summary>The live picture from glass to glass: the time drawn into the scene, read back from the pixels of the page.</summary>
internal static class LiveBench
{
    // Runs in the page: for each presented frame, reads the 24 squares of the time and notes how old it is.
    private const string Measure = """
        (seconds) => new Promise(resolve => {
          const video = document.querySelector('video');
          const canvas = document.createElement('canvas');
          const delays = [];
          const end = performance.now() + seconds * 1000;
          const step = () => {
            canvas.width = video.videoWidth; canvas.height = video.videoHeight;
            const context = canvas.getContext('2d', { willReadFrequently: true });
            context.drawImage(video, 0, 0);
            const now = Date.now();
            const high = Math.floor(canvas.height / 14 / 2);
            let time = 0;
            for (let bit = 0; bit < 24; bit++) {
              const x = Math.floor((bit + 0.5) * canvas.width / 24);
              time = time * 2 + (context.getImageData(x, high, 1, 1).data[1] > 127 ? 1 : 0);
            }
            delays.push((now % 16777216 - time + 16777216) % 16777216);
            if (performance.now() < end) video.requestVideoFrameCallback(step); else resolve(delays);
          };
          video.requestVideoFrameCallback(step);
        })
        """;

    public static async Task<object> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        await using var desk = await OfficersDesk.OpenAsync(cancellationToken);
        var watched = new WatchedEvents(desk.World.Client, cancellationToken);
        desk.Door.Folder.Inputs.Send(SealFolder.Strip, 1);
        var incident = await watched.WaitAsync("incident", _ => true, TimeSpan.FromSeconds(20), "The incident", cancellationToken);
        await desk.GoAsync($"/console/incidents/{incident["id"]}");
        await desk.Page.WaitForFunctionAsync("() => document.querySelector('video')?.readyState >= 2", null, new() { Timeout = 30_000 });

        // The first seconds hold the catching up with the current group of pictures.
        await desk.Page.EvaluateAsync(Measure, 3);
        var delays = await desk.Page.EvaluateAsync<double[]>(Measure, seconds);
        return new
        {
            How = "time drawn into the scene's pixels when the frame is written to the camera's pipe, to its pixels read back in Chromium, every presented frame",
            SceneCamera.FramesPerSecond, Seconds = seconds, Delay = Spread.Of(delays),
        };
    }
}
