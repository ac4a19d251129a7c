using System.CommandLine;
using System.Net;
using System.Text.Json;
using Cinnabar.Evidence;

namespace Cinnabar.Cli;

/// <summary><c>cinnabar enrol</c>: asks the station for a one-time code with which a seal enrols (docs/formats/api.md).</summary>
internal static class EnrolCommand
{
    public static Command Create(Option<string?> language)
    {
        var seal = new Argument<string>("SEAL") { Description = "Seal number. 封条编号" };
        var station = new Option<string>("--station") { Description = "Address of the console, such as https://station.court.example", Required = true };
        var login = new Option<string>("--login") { Description = "Your login", Required = true };
        var password = new Option<string?>("--password-file") { Description = "File with your password; default: one line from standard input" };
        var command = new Command("enrol", "Get a one-time code for a seal. 为装置申请一次性登记码 (0 done, 1 refused, 2 usage, 3 unreachable)")
        {
            seal, station, login, password,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(seal), parsed.GetRequiredValue(station), parsed.GetRequiredValue(login), parsed.GetValue(password),
            Language.IsChinese(parsed, language), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string seal, string address, string login, string? passwordFile, bool chinese, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var station) || station.Scheme is not ("http" or "https"))
        {
            Console.Error.WriteLine(new BilingualText("--station 不是网址。", "--station is no web address.").In(chinese));
            return ExitCode.Usage;
        }

        var password = ReadPassword(passwordFile, chinese);
        if (password is null)
        {
            return ExitCode.Usage;
        }

        // The password goes nowhere but to the address that was typed.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = station };
        client.DefaultRequestHeaders.Add("X-Cinnabar", "1");
        try
        {
            using var session = await client.PostAsync(new Uri("/api/session", UriKind.Relative), Json(login, password), cancellationToken);
            if (!session.IsSuccessStatusCode)
            {
                return Refuse(session.StatusCode, chinese);
            }

            using var answer = await client.PostAsync(
                new Uri($"/api/seals/{Uri.EscapeDataString(seal)}/enrolment", UriKind.Relative), new ByteArrayContent([]), cancellationToken);
            return answer.IsSuccessStatusCode ? Say(await answer.Content.ReadAsStringAsync(cancellationToken)) : Refuse(answer.StatusCode, chinese);
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or KeyNotFoundException)
        {
            Console.Error.WriteLine(new BilingualText($"无法与 {station} 通信：{fault.Message}", $"{station} does not answer as a station does: {fault.Message}").In(chinese));
            return ExitCode.Unreachable;
        }
    }

    private static string? ReadPassword(string? file, bool chinese)
    {
        if (file is null)
        {
            return Console.In.ReadLine() ?? "";
        }

        return InputFile.TryRead(file, chinese, out var bytes) ? System.Text.Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n') : null;
    }

    private static ByteArrayContent Json(string login, string password)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("login", login);
            json.WriteString("password", password);
            json.WriteEndObject();
        }

        return new ByteArrayContent(buffer.ToArray()) { Headers = { ContentType = new("application/json") } };
    }

    private static int Say(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        foreach (var name in (string[])["code", "expires", "uplink"])
        {
            Console.WriteLine($"{name} {json.RootElement.GetProperty(name).GetString()}");
        }

        return ExitCode.Good;
    }

    private static int Refuse(HttpStatusCode status, bool chinese)
    {
        var text = status switch
        {
            HttpStatusCode.Unauthorized => new BilingualText("用户名或密码错误。", "Login or password is wrong."),
            HttpStatusCode.Forbidden => new BilingualText("您的角色无权登记装置。", "Your role may not enrol seals."),
            HttpStatusCode.NotFound => new BilingualText("没有这个封条编号。", "There is no such seal."),
            HttpStatusCode.Conflict => new BilingualText("该封条现在不能登记装置。", "This seal cannot be enrolled now."),
            HttpStatusCode.TooManyRequests => new BilingualText("尝试次数过多，请稍后再试。", "Too many attempts; try again later."),
            _ => new BilingualText("法院服务器拒绝了请求。", "The station refused."),
        };
        Console.Error.WriteLine($"{(int)status}: {text.In(chinese)}");
        return ExitCode.Refused;
    }
}
