using System.Security.Claims;
using Cinnabar.Station.Seals;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Console;

/// <summary>What a session says of its person: roles, and the cases of an applicant.</summary>
internal sealed class CourtClaims(UserManager<CourtUser> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<CourtUser>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(CourtUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims(user.Roles.Select(r => new Claim(ClaimTypes.Role, r)));
        identity.AddClaims(user.Cases.Select(c => new Claim(Viewer.CaseClaim, c)));
        return identity;
    }
}
