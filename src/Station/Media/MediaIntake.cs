using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Cinnabar.Uplink;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Media;

/// <summary>Keeps what arrives on media lanes, within each seal's daily share, and states it.</summary>
internal sealed class MediaIntake(
    ContentStore content, RecordingsStore recordings, PicturesStore pictures, FactWriter writer, HealthBoard health,
    IOptions<MediaOptions> options, TimeProvider time)
{
    private const string Part = "media";

    // A page that a browser might run must never come out of here under the console's address.
    private static readonly string[] s_pictureTypes = ["image/jpeg", "image/png", "image/webp"];

    private readonly DayBudget _recorded = new(options.Value.RecordedBytesPerDayMax, time);
    private readonly DayBudget _pictures = new(options.Value.PictureBytesPerDayMax, time);

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Keeps a picture under the hash of its real bytes, and states whether that is the hash it was sent with.</summary>
    /// <returns>False when it was not kept, because the seal's daily share is used up.</returns>
    /// <exception cref="FormatException">It is no picture by its own account.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public bool KeepPicture(PictureMessage picture, string device, string seal)
    {
        if (!s_pictureTypes.Contains(picture.ContentType))
        {
            throw new FormatException($"A picture is one of {string.Join(", ", s_pictureTypes)}.");
        }

        if (!_pictures.TrySpend(seal, picture.Data.Length, out var first))
        {
            StateLimit(first, seal, "pictures", options.Value.PictureBytesPerDayMax);
            return false;
        }

        var got = OnDisk(() => content.Put(picture.Data.Span));
        if (pictures.Add(picture, device, seal, got, time.GetUtcNow()))
        {
            writer.Station(got == picture.Hash ? "media.received" : "media.mismatch", seal, CborValue.Map(
                ("hash", CborValue.Bytes(picture.Hash)), ("got", CborValue.Bytes(got)),
                ("content_type", CborValue.Text(picture.ContentType)), ("bytes", CborValue.Integer(picture.Data.Length))));
        }

        return true;
    }

    /// <summary>Keeps recorded fragments; what is over the seal's daily share is relayed live and not kept.</summary>
    /// <remarks>After it returns, none of them is wanted again: kept now, kept before, or refused for good.</remarks>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public void KeepFragments(RecordingKey key, string seal, StreamMessage stream, FragmentMessage? init, IReadOnlyList<FragmentMessage> fragments)
    {
        // A seal that was cut off before our confirmation reached it sends again: that costs its share nothing.
        fragments = recordings.WithoutKnown(key, fragments);
        if (fragments.Count == 0)
        {
            return;
        }

        if (!_recorded.TrySpend(seal, fragments.Sum(f => (long)f.Data.Length), out var first))
        {
            StateLimit(first, seal, "video", options.Value.RecordedBytesPerDayMax);
            return;
        }

        OnDisk(() =>
        {
            recordings.Begin(key, seal, stream, init is null ? null : content.Put(init.Data.Span));
            recordings.Append(key, fragments);
            return true;
        });
        StateMismatches(key);
    }

    /// <summary>States each manifest of a recording whose fragments are others than it says, once.</summary>
    public void StateMismatches(RecordingKey key)
    {
        foreach (var mismatch in recordings.UnstatedMismatches(key))
        {
            if (recordings.NoteStated(mismatch.Manifest))
            {
                writer.Station("media.mismatch", mismatch.Seal, CborValue.Map(
                    ("stream", CborValue.Text(mismatch.Name)), ("fragment", CborValue.Integer(mismatch.Number)),
                    ("manifest", CborValue.Bytes(Convert.FromHexString(mismatch.Manifest))),
                    ("hash", CborValue.Bytes(Convert.FromHexString(mismatch.Expected))), ("got", CborValue.Bytes(Convert.FromHexString(mismatch.Got)))));
            }
        }
    }

    private void StateLimit(bool first, string seal, string what, long bytesMax)
    {
        if (first)
        {
            writer.Station("media.refused", seal, CborValue.Map(
                ("what", CborValue.Text(what)), ("reason", CborValue.Text("daily limit")), ("bytes_max", CborValue.Integer(bytesMax))));
        }
    }

    private T OnDisk<T>(Func<T> work)
    {
        try
        {
            var result = work();
            health.Report(Part, HealthLevel.Good);
            return result;
        }
        catch (IOException e)
        {
            health.Report(Part, HealthLevel.Failed, e.Message);
            throw;
        }
    }
}
