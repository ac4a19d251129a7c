using System.Net;
using System.Text;
using Cinnabar.Registry;
using Cinnabar.Station.Tests.Console;

namespace Cinnabar.Station.Tests.Orders;

/// <summary>Orders as tests make them.</summary>
internal static class OrderSamples
{
    public const string CaseNumber = "(2026)京0108执1234号";

    public static byte[] Pdf { get; } = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");

    public static DateOnly Today => LegalTime.DateOf(DateTimeOffset.UtcNow);

    public static Dictionary<string, object?> Draft() => new()
    {
        ["caseNumber"] = "（2026）京0108执1234号",
        ["category"] = "immovable",
        ["property"] = new { address = "北京市朝阳区永安东里8号1201室", description = "入户门", division = "110105" },
        ["from"] = Today.ToString("yyyy-MM-dd", null),
        ["until"] = Today.AddYears(1).ToString("yyyy-MM-dd", null),
        ["parties"] = new object[]
        {
            new { role = "judge", name = "李法官", phone = "+86 139 0000 0001", language = "zh" },
            new { role = "applicant", name = "王申请", phone = "13900000002", email = "wang@example.org", language = "zh" },
        },
    };

    public static Dictionary<string, object?> With(this Dictionary<string, object?> draft, string key, object? value)
    {
        draft[key] = value;
        return draft;
    }

    public static string Path(string seal) => $"/api/seals/{Uri.EscapeDataString(seal)}";

    public static object Frame(string device) => new
    {
        deviceId = device, foldedWidthMm = 420, extendedWidthMm = 980, slots = new[] { 40, 200, 380 }, loop = new { fromMm = 30, toMm = 950 },
        doorWidthMm = 960, doorHeightMm = 2050,
    };

    public static async Task<string> IssueAsync(HttpClient judge) =>
        (await judge.PostAsync("/api/seals", Draft(), HttpStatusCode.Created)).Text("sealNumber");

    /// <summary>An armed seal with its device.</summary>
    public static async Task<(string Seal, DoorDevice Door)> ArmAsync(RunningStation station, HttpClient judge)
    {
        var seal = await IssueAsync(judge);
        await judge.UploadAsync(Path(seal) + "/ruling", Pdf, HttpStatusCode.OK);
        var door = await DoorDevice.EnrolAsync(station.Services, "CNB-0001", seal);
        await judge.PostAsync(Path(seal) + "/install", new { deviceId = door.Id, frame = Frame(door.Id) }, HttpStatusCode.OK);
        await judge.PostAsync(Path(seal) + "/arm", new { reason = "安装完毕" }, HttpStatusCode.OK);
        return (seal, door);
    }
}
