using System.Security.Claims;

namespace PresignKit.AspNetCore;

/// <summary>A request that has passed the checks that all endpoints have in common.</summary>
/// <param name="User">The user.</param>
/// <param name="UserId">The ID of the user, or <c>null</c> if the user does not need one.</param>
/// <param name="Folder">The prefix of the user's keys, with a slash at its end.</param>
/// <param name="Endpoints">The path that the endpoints have in common, as the client has sent it.</param>
/// <param name="Services">The services of the request.</param>
/// <param name="Aborted">Canceled if the client disconnects.</param>
internal sealed record UploadCall(ClaimsPrincipal User, string? UserId, string Folder, string Endpoints, IServiceProvider Services, CancellationToken Aborted);
