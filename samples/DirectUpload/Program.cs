using System.Security.Claims;
using DirectUpload;
using PresignKit;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// One clock for the presigner, the upload tickets and LocalS3, so that a link that has expired has expired for all of them.
MovableClock clock = new();
builder.Services.AddSingleton(clock);
builder.Services.AddSingleton<TimeProvider>(clock);

// Without settings for a real store, LocalS3 stores the files.
bool isLocal = !builder.Configuration.GetSection("Spaces").Exists();
if (isLocal)
{
    await builder.AddLocalStoreAsync(clock);
}

builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"));
builder.Services.AddHttpClient<FileStore>();
builder.Services.AddSignIn();
builder.Services.AddProblemDetails();

WebApplication app = builder.Build();
app.UseExceptionHandler();
app.UseSecurityHeaders();
app.UseSameOrigin();
// The scripts and styles are checked for changes on each request, so that an edit is visible after a reload.
app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
app.UseAuthentication();
app.UseAuthorization();

app.MapSignIn();
app.MapGet("/", (IWebHostEnvironment environment) => Results.File(environment.WebRootFileProvider.GetFileInfo("index.html").CreateReadStream(), "text/html; charset=utf-8"))
    .RequireAuthorization();
// Without this endpoint, the static files would include the page, although the user is not signed in.
app.MapGet("/index.html", () => Results.LocalRedirect("/"));
app.MapGet("/session", async (ClaimsPrincipal user, IPresigner presigner, CancellationToken cancellationToken) => new Session(
    user.FindFirstValue(ClaimTypes.NameIdentifier)!,
    user.Identity!.Name!,
    await StoreAddress.GetOriginAsync(presigner, cancellationToken),
    isLocal,
    clock.GetUtcNow(),
    UploadRules.MaxBytes,
    UploadRules.ContentTypes)).RequireAuthorization();
app.MapGroup("/files").RequireAuthorization().MapFiles();
app.MapUploads("/uploads", o =>
{
    o.Folder = UserFolder.Of;
    o.ContentTypes = UploadRules.ContentTypes;
    o.MaxBytes = UploadRules.MaxBytes;
    o.MultipartThreshold = UploadRules.MultipartThreshold;
    o.PartBytes = UploadRules.PartBytes;
    // LocalS3 enforces the header. For other stores, the provider decides.
    o.SignIfNoneMatch = isLocal ? true : null;
});
if (isLocal)
{
    app.UseLocalStore();
}

app.Run();
