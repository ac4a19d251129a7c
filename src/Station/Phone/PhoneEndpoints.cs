using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Alarms;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Media;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cinnabar.Station.Phone;

/// <summary>The link from a warning: docs/formats/api.md, Phone. The token in the path is the only right, and unknown is all a stranger hears.</summary>
internal static class PhoneEndpoints
{
    public static IResult Page(IWebHostEnvironment host)
    {
        var page = host.WebRootFileProvider.GetFileInfo("phone/index.html");
        return page.Exists ? Results.Stream(page.CreateReadStream(), "text/html; charset=utf-8") : Results.NotFound();
    }

    public static Results<Ok<PhoneView>, NotFound> Read(string token, PhoneDesk desk) =>
        desk.Open(token) is { } link ? TypedResults.Ok(desk.View(link.Incident)) : TypedResults.NotFound();

    public static async Task<Results<Ok<PhoneView>, NotFound, Conflict>> AcknowledgeAsync(string token, PhoneDesk desk, AlarmsQueue alarms, CancellationToken cancellationToken)
    {
        if (desk.Open(token) is not { } link)
        {
            return TypedResults.NotFound();
        }

        return await alarms.AcknowledgeAsync(link.Incident.Id, link.Officer, "phone", cancellationToken) == HandlingAnswer.Done
            ? TypedResults.Ok(desk.View(desk.Open(token)!.Value.Incident))
            : TypedResults.Conflict();
    }

    /// <summary>A picture of this incident and of no other; the view is stated.</summary>
    public static Results<FileContentHttpResult, NotFound> Picture(
        string token, string hash, HttpContext http, PhoneDesk desk, ContentStore content, PicturesStore pictures, FactWriter writer)
    {
        if (desk.Open(token) is not { } link || !Digest.TryParseHex(hash, out var digest) || !desk.Pictures(link.Incident).Contains(digest.ToString())
            || pictures.Find(digest) is not { } picture || !Digest.TryParseHex(picture.Got, out var got) || content.TryRead(got) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        writer.Station("media.viewed", picture.Seal, CborValue.Map(
            ("hash", CborValue.Bytes(digest)), ("viewer", CborValue.Text(link.Officer)), ("reason", CborValue.Text("phone"))));
        // Each look is a request, because each look is stated.
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(bytes, picture.ContentType);
    }
}
