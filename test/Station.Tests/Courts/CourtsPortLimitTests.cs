using Cinnabar.Station.Courts;

namespace Cinnabar.Station.Tests.Courts;

/// <summary>A court that sends too much is not listened to for the rest of the minute, and the others are.</summary>
public sealed class CourtsPortLimitTests
{
    [Fact]
    public async Task CourtThatIsRefusedTooOften_GetsNoFurtherHearing()
    {
        var court = new OnlineCourt(("Courts:RefusalsPerMinuteMax", "3"));
        await court.InitializeAsync();
        try
        {
            using var liar = court.Client(2);
            List<int> answers = [];
            for (var i = 0; i < 10; i++)
            {
                answers.Add((await OnlineCourt.ReadAsync(await OnlineCourt.SendAsync(liar, CourtLink.PushPath, [1]))).Status);
            }

            // A minute may end on the way: then it is listened to again, and refused again.
            Assert.Equal([400, 429], answers.Distinct());
            Assert.InRange(answers.Count(a => a == 400), 3, 6);
            court.Owner.Append(1, "one");
            Assert.Equal(200, (await court.PushAsync(court.Owner.Push(0, court.Owner.Size))).Status);
        }
        finally
        {
            await court.DisposeAsync();
        }
    }
}
