using System.Collections.Concurrent;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Cinnabar.Uplink;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Media;

/// <summary>Keeps what arrives on media lanes and states it.</summary>
internal sealed class MediaIntake(
    LiveHub hub, ContentStore content, RecordingsStore recordings, FactWriter writer,
    IOptions<MediaOptions> options, IOptions<GatewayOptions> gateway, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (DateOnly Day, long Bytes)> _today = new();

    public LiveHub Hub => hub;

    public ContentStore Content => content;

    public RecordingsStore Recordings => recordings;

    public UplinkLimits Limits => gateway.Value.Limits;

    public long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Keeps a picture under the hash of its real bytes, and states whether that is the hash it was sent with.</summary>
    public void KeepPicture(PictureMessage picture, string device, string seal)
    {
        var got = content.Put(picture.Data.Span);
        if (!recordings.AddPicture(picture, device, seal, got, time.GetUtcNow()))
        {
            return;
        }

        writer.Station(got == picture.Hash ? "media.received" : "media.mismatch", seal, CborValue.Map(
            ("hash", CborValue.Bytes(picture.Hash)), ("got", CborValue.Bytes(got)),
            ("content_type", CborValue.Text(picture.ContentType)), ("bytes", CborValue.Integer(picture.Data.Length))));
    }

    /// <summary>Keeps recorded fragments, up to the seal's daily limit; what is over it is relayed live and not kept.</summary>
    public void KeepFragments(RecordingKey key, string seal, IReadOnlyList<FragmentMessage> fragments)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        long bytes = fragments.Sum(f => f.Data.Length);
        var total = _today.AddOrUpdate(seal, _ => (today, bytes), (_, old) => old.Day == today ? (today, old.Bytes + bytes) : (today, bytes));
        if (total.Bytes <= options.Value.RecordedBytesPerDayMax)
        {
            recordings.Append(key, fragments);
        }
    }
}
