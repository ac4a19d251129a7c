using Cinnabar.Station.Gateway;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Courts;

/// <summary>Answers 429 to a court that sends more than a round can need, or too much that is refused, before its body is read.</summary>
internal sealed class MessageLimit(CourtRefusals refusals, IOptions<CourtsOptions> options, TimeProvider time) : IEndpointFilter
{
    // Ten a second is ten times what courts tell each other.
    private const int HeadsPerMinuteMax = 600;

    private readonly MinuteLimit _pushes = new(options.Value.PushesPerMinuteMax, time);
    private readonly MinuteLimit _heads = new(HeadsPerMinuteMax, time);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var court = context.HttpContext.Features.GetRequiredFeature<CourtConnection>().Court!;
        var limit = context.HttpContext.Request.Path == CourtLink.HeadsPath ? _heads : _pushes;
        return !refusals.IsSpent(court) && limit.Admit(court.Code) ? await next(context) : Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }
}
