using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using PresignKit.LocalS3;

namespace DirectUpload;

/// <summary>Runs LocalS3 in this process, on a separate port, if no real store is configured.</summary>
internal static partial class LocalStore
{
    public const string Bucket = "uploads";

    /// <summary>Starts LocalS3 and adds the settings of the presigner to the configuration.</summary>
    public static async Task AddLocalStoreAsync(this WebApplicationBuilder builder, MovableClock clock)
    {
        LocalS3Server s3 = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add(Bucket);
            o.TimeProvider = clock;
        });
        builder.Configuration.AddInMemoryCollection(s3.ToConfiguration("Spaces", Bucket));

        // The container disposes objects that its factories return, but not instances that are added directly.
        builder.Services.AddSingleton(_ => s3);
    }

    /// <summary>Allows the page to send requests to the store, and adds the endpoint that moves the clock.</summary>
    public static void UseLocalStore(this WebApplication app)
    {
        LocalS3Server s3 = app.Services.GetRequiredService<LocalS3Server>();
        app.MapPost("/clock", MoveClock).RequireAuthorization();
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            // The store has a different port, so it is a different origin. With a real store, set the same CORS rules once.
            string[] pages = [.. (app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []).SelectMany(OriginsOf)];
            if (pages.Length > 0)
            {
                s3.Buckets[Bucket].AllowCors(pages);
                LogAddress(app.Logger, pages[0], s3.Endpoint);
            }
        });
    }

    /// <summary>Returns the origins of pages that are loaded from a server address, of which the first one is for display.</summary>
    /// <remarks>Servers that listen on all interfaces have an address such as <c>http://0.0.0.0:5090</c> or <c>http://+:5090</c>, which is not the origin of any page.</remarks>
    internal static IEnumerable<string> OriginsOf(string address)
    {
        BindingAddress binding = BindingAddress.Parse(address);
        return binding.Host is "0.0.0.0" or "[::]" or "+" or "*"
            ? [$"{binding.Scheme}://localhost:{binding.Port}", $"{binding.Scheme}://127.0.0.1:{binding.Port}"]
            : [address.TrimEnd('/')];
    }

    /// <summary>Moves the clock of the application and the store, so that a link expires without waiting.</summary>
    private static Results<Ok<ClockTime>, ProblemHttpResult> MoveClock(ClockRequest request, MovableClock clock)
    {
        // Tickets and unfinished uploads expire by the same clock, so a request cannot move it far ahead.
        if (request.Until > clock.GetUtcNow() + FileEndpoints.LinkLifetime)
        {
            return TypedResults.Problem("The clock moves by at most the lifetime of a link.", statusCode: StatusCodes.Status400BadRequest);
        }

        clock.MoveTo(request.Until);
        return TypedResults.Ok(new ClockTime(clock.GetUtcNow()));
    }

    [LoggerMessage(1, LogLevel.Information, "Open {Page} and sign in as Ada or Grace. The files are stored in {Store} until this process ends.")]
    private static partial void LogAddress(ILogger logger, string page, string store);
}
