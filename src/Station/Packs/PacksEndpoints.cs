using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Packs;

/// <summary>Download of evidence packs: docs/formats/api.md, Incidents.</summary>
internal static partial class PacksEndpoints
{
    private const int IncidentLengthMax = 200;

    public static async Task<IResult> ExportAsync(
        string id, HttpContext http, PacksExporter exporter, FactWriter writer, ILogger<PacksExporter> logger)
    {
        if (id.Length > IncidentLengthMax)
        {
            return Results.NotFound();
        }

        try
        {
            if (await exporter.ExportAsync(id, http.RequestAborted) is not { } pack)
            {
                return Results.NotFound();
            }

            // Stated before the first byte leaves: who has the pack is part of the record.
            var hash = new Digest(await SHA256.HashDataAsync(pack.File, http.RequestAborted));
            pack.File.Position = 0;
            await writer.Station("pack.exported", pack.Seal, CborValue.Map(
                ("pack", CborValue.Bytes(hash)), ("incident", CborValue.Text(id)),
                ("viewer", CborValue.Text(http.User.Identity?.Name ?? "")))).Sequencing;
            http.Response.Headers.CacheControl = "private, no-store";
            return Results.File(pack.File, "application/zip", $"cinnabar-{hash.ToString()[..16]}.zip");
        }
        catch (PackTooLargeException e)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status413PayloadTooLarge);
        }
        catch (Exception e) when (e is InvalidDataException or TimeoutException or IOException)
        {
            LogFailed(logger, id, e.Message);
            return Results.Problem(e.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "The pack of incident {Incident} could not be built: {Reason}")]
    private static partial void LogFailed(ILogger logger, string incident, string reason);
}
