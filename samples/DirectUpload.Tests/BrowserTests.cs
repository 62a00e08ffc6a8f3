using System.Text;
using System.Text.Json;
using PresignKit.LocalS3;

namespace DirectUpload.Tests;

/// <summary>Tests of the page in a real browser, which enforces CORS between the application and LocalS3.</summary>
[Trait("Category", "Browser")]
public sealed class BrowserTests
{
    private const int PartsOf200MiB = 25;

    [BrowserFact]
    public async Task Upload_SmallFiles_AreStoredAndShown()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("smallFiles");

        Text(page, "state").Should().Be("Stored");
        Text(page, "summary").Should().Be("2 files");
        page.GetProperty("announced").EnumerateArray().Select(text => text.GetString()).Should().BeEquivalentTo(
            ["notes.txt is being uploaded.", "pixel.png is being uploaded.", "notes.txt is stored.", "pixel.png is stored."], "no message may replace a different one that was not read yet");
        Text(page.GetProperty("downloaded"), "name").Should().Be("notes.txt");
        Text(page.GetProperty("downloaded"), "content").Should().Be("hello");
        page.GetProperty("imageWidth").GetInt32().Should().Be(1, "the preview is an image of one pixel");
        LocalS3Object stored = app.Bucket[app.Bucket.Keys.Single(key => key.EndsWith("/notes.txt", StringComparison.Ordinal))];
        Encoding.UTF8.GetString(stored.Content.Span).Should().Be("hello");
        stored.ContentType.Should().Be("text/plain");
        app.S3.Requests.Should().Contain(request => request.Method == "OPTIONS" && request.StatusCode == 200, "the page and the store have different origins");
    }

    [BrowserFact]
    public async Task Upload_LargeFileWithAFailingPart_SendsOnlyThatPartAgain()
    {
        await using BrowserApplication app = new();
        app.S3.FailNext(LocalS3Fault.SlowDown, when: request => request.PartNumber == 3 && request.Method == "PUT");

        JsonElement page = await app.RunAsync("largeFile");

        Text(page, "state").Should().Be("Stored");
        Text(page, "meta").Should().StartWith("200 MiB");
        page.GetProperty("mostPartsAtATime").GetInt32().Should().Be(4);
        page.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()).Should().Contain(reason => reason!.Contains("(SlowDown): Please reduce your request rate. The next attempt is in"));
        ILookup<int, int?> statuses = app.PartRequests.ToLookup(request => request.PartNumber!.Value, request => request.StatusCode);
        statuses.Select(part => part.Key).Should().BeEquivalentTo(Enumerable.Range(1, PartsOf200MiB));
        statuses[3].Should().Equal(503, 200);
        statuses.Where(part => part.Key != 3).Should().OnlyContain(part => part.Count() == 1);
    }

    [BrowserFact]
    public async Task Upload_PausedAndResumed_SendsStoredPartsOnlyOnce()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 2);

        JsonElement page = await app.RunAsync("pauseAndResume");

        Text(page, "paused").Should().StartWith("Paused at");
        page.GetProperty("running").GetInt32().Should().Be(0);
        Text(page, "state").Should().Be("Stored");
        app.PartRequests.Where(request => request.StatusCode == 200).Select(request => request.PartNumber).Should().OnlyHaveUniqueItems().And.HaveCount(10);
    }

    [BrowserFact]
    public async Task Upload_ReloadedInTheMiddle_SendsOnlyTheMissingParts()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 6);

        JsonElement page = await app.RunAsync("reload");

        Text(page, "interrupted").Should().MatchRegex("^Interrupted at [0-9]+ MiB of 200 MiB\\.");
        Text(page, "rejected").Should().Be("This is a different file. Its name, size or date has changed.");
        Text(page, "state").Should().Be("Stored");
        Text(page, "remembered").Should().Be("[]");
        List<LocalS3Request> requests = [.. app.S3.Requests];
        int listed = requests.FindIndex(request => request.Operation == "ListParts");
        int?[] before = Stored(requests[..listed]);
        int?[] after = Stored(requests[listed..]);
        before.Should().HaveCountGreaterThanOrEqualTo(6).And.HaveCountLessThan(PartsOf200MiB);
        after.Should().NotIntersectWith(before);
        before.Concat(after).Should().BeEquivalentTo(Enumerable.Range(1, PartsOf200MiB));

        static int?[] Stored(IEnumerable<LocalS3Request> requests) =>
            [.. requests.Where(request => request.Operation == "UploadPart" && request.StatusCode == 200 && request.Method == "PUT").Select(request => request.PartNumber)];
    }

    [BrowserFact]
    public async Task Upload_LostResponses_StoresEachFileOnce()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("lostResponses");

        page.GetProperty("lost").EnumerateArray().Select(request => request.GetString()).Should().BeEquivalentTo("put", "complete");
        Text(page, "small").Should().Be("Stored");
        Text(page, "large").Should().Be("Stored");
        page.GetProperty("rows").GetInt32().Should().Be(2);
        app.Bucket.Keys.Should().HaveCount(2);
        app.S3.Requests.Where(request => request.Operation == "PutObject").Select(request => request.StatusCode).Should().Equal([200], "the application knows that the file is stored");
        app.S3.Requests.Count(request => request.Operation == "CompleteMultipartUpload").Should().Be(1);
    }

    [BrowserFact]
    public async Task Upload_UrlsExpireInTheMiddle_GetsNewOnes()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 2, seconds: 5);

        JsonElement page = await app.RunAsync("expiredUrls");

        page.GetProperty("moved").GetInt32().Should().Be(200);
        Text(page, "state").Should().Be("Stored");
        app.PartRequests.Where(request => request.StatusCode == 403).Should().NotBeEmpty().And.OnlyContain(request => request.Error!.Message == "Request has expired");
        app.PartRequests.Where(request => request.StatusCode == 200).Select(request => request.PartNumber).Should().OnlyHaveUniqueItems().And.HaveCount(10);
    }

    [BrowserFact]
    public async Task Upload_UrlsOfPartsExpireAndErrorsAreHidden_GetsNewOnes()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 2, seconds: 5);

        JsonElement page = await app.RunAsync("expiredUrls", new() { ["hideErrors"] = true });

        Text(page, "state").Should().Be("Stored");
        app.PartRequests.Should().Contain(request => request.StatusCode == 403);
        app.PartRequests.Where(request => request.StatusCode == 200).Select(request => request.PartNumber).Should().OnlyHaveUniqueItems().And.HaveCount(10);
    }

    [BrowserFact]
    public async Task Upload_UrlOfFileExpiresAndErrorsAreHidden_GetsANewOne()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("hiddenExpiry");

        Text(page, "state").Should().Be("Stored");
        app.S3.Requests.Where(request => request.Operation == "PutObject" && request.Method == "PUT").Select(request => request.StatusCode).Should().Equal(403, 200);
        app.Bucket.Keys.Should().ContainSingle();
    }

    [BrowserFact]
    public Task Resume_UploadThatTheStoreHasDeleted_StartsOver() => ResumeVanishedUploadAsync(hideErrors: false);

    [BrowserFact]
    public Task Resume_UploadThatTheStoreHasDeletedAndErrorsAreHidden_StartsOver() => ResumeVanishedUploadAsync(hideErrors: true);

    [BrowserFact]
    public Task Reload_ClosedBeforeTheApplicationWasAsked_ConfirmsTheUpload() => ReloadBeforeDoneAsync(hideErrors: false);

    [BrowserFact]
    public Task Reload_ClosedBeforeTheApplicationWasAskedAndErrorsAreHidden_ConfirmsTheUpload() => ReloadBeforeDoneAsync(hideErrors: true);

    [BrowserFact]
    public async Task Reload_TheApplicationRejectsTheQuestion_KeepsTheUpload()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 1);

        JsonElement page = await app.RunAsync("rejectedRefresh");

        Text(page, "interrupted").Should().Contain("The application responded with status 400. Choose the same file again");
        page.GetProperty("kept").GetInt32().Should().Be(1);
        Text(page, "state").Should().Be("Stored");
        app.PartRequests.Where(request => request.StatusCode == 200).Select(request => request.PartNumber).Should().OnlyHaveUniqueItems().And.HaveCount(5);
    }

    [BrowserFact]
    public async Task Upload_TemporaryErrors_AreTriedAgain()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("temporaryErrors");

        Text(page, "small").Should().Be("Stored");
        Text(page, "large").Should().Be("Stored");
        page.GetProperty("unused").EnumerateArray().Should().BeEmpty();
        page.GetProperty("limited").GetInt32().Should().Be(3);
        app.S3.Requests.Where(request => request.Operation == "PutObject" && request.Method == "PUT").Select(request => request.StatusCode)
            .Should().Equal([200, 412], "the same URL cannot replace the file");
        app.Bucket.Keys.Should().HaveCount(2);
    }

    [BrowserFact]
    public async Task Upload_EveryUrlIsRejected_IsTriedWithTwoNewUrls()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("unknownAccessKey");

        Text(page, "rejected").Should().StartWith("Not uploaded. The store rejected the request (InvalidAccessKeyId)");
        page.GetProperty("buttons").EnumerateArray().Select(button => button.GetString()).Should().Equal("Try again", "Discard");
        Text(page, "state").Should().Be("Stored");
        app.S3.Requests.Where(request => request.Method == "PUT").Select(request => request.StatusCode).Should().Equal(403, 403, 403, 200);
    }

    [BrowserFact]
    public async Task Upload_StoreDoesNotRespond_IsTriedAgainAfterAMinute()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("stalledRequest");

        Text(page, "state").Should().Be("Stored");
        app.Bucket.Keys.Should().ContainSingle();
    }

    [BrowserFact]
    public async Task Upload_SameFileInTwoTabs_IsOnlyContinuedInTheFirst()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 1);

        JsonElement page = await app.RunAsync("twoTabs");

        page.GetProperty("shown").GetInt32().Should().Be(0);
        Text(page, "failed").Should().Contain("in a different tab");
        page.GetProperty("kept").GetInt32().Should().Be(1);
        Text(page, "state").Should().Be("Stored");
        app.S3.Requests.Should().NotContain(request => request.Operation == "AbortMultipartUpload");
        app.S3.Requests.Count(request => request.Operation == "CreateMultipartUpload" && request.Method == "POST").Should().Be(1);
    }

    [BrowserFact]
    public async Task Cancel_StoreDoesNotDeleteTheParts_ShowsTheReason()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 1);

        JsonElement page = await app.RunAsync("failedCancel");

        Text(page, "note").Should().StartWith("The stored parts of film.mp4 were not deleted. The store rejected the request (InternalError)");
    }

    [BrowserFact]
    public async Task Page_LateResponses_DoNotReplaceNewerOnes()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("lateResponses");

        page.GetProperty("files").EnumerateArray().Select(name => name.GetString()).Should().BeEquivalentTo("first.txt", "second.txt");
        Text(page, "verdict").Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Upload_ListOfPartsWithoutAMarker_IsRequestedAgainAfterAPause()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("listWithoutMarker");

        Text(page, "state").Should().Be("Stored");
        page.GetProperty("lists").GetInt32().Should().Be(2);
    }

    [BrowserFact]
    public async Task Delete_QuestionsInQuickSuccession_DeletesOnlyTheConfirmedFile()
    {
        await using BrowserApplication app = new();
        app.Bucket.Put("users/ada/1/keep.txt", "1"u8);
        app.Bucket.Put("users/ada/2/delete.txt", "2"u8);

        JsonElement page = await app.RunAsync("deletions");

        page.GetProperty("deleted").GetInt32().Should().Be(1);
        app.Bucket.Keys.Should().Equal("users/ada/1/keep.txt");
    }

    [BrowserFact]
    public async Task Discard_InterruptedUpload_DeletesItsParts()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 2);

        JsonElement page = await app.RunAsync("discardAfterReload");

        page.GetProperty("status").GetInt32().Should().Be(204);
        page.GetProperty("rows").GetInt32().Should().Be(0);
        Text(page, "remembered").Should().Be("[]");
        app.S3.Requests.Should().ContainSingle(request => request.Operation == "AbortMultipartUpload").Which.StatusCode.Should().Be(204);
        app.Bucket.Keys.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Upload_RejectedFile_ShowsTheReason()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("rejections");

        Text(page, "tooLarge").Should().StartWith("Not uploaded. The file has ").And.Contain("Choose a smaller file.");
        Text(page, "wrongType").Should().StartWith("Not uploaded. ").And.Contain("text/html").And.Contain("image/png");
        Text(page, "changedType").Should().StartWith("Not uploaded. The store rejected the request (SignatureDoesNotMatch): ");
        page.GetProperty("buttons").EnumerateArray().Select(button => button.GetString()).Should().Equal("Discard");
        Text(page, "alert").Should().Contain(" was not uploaded. ");
        Text(page, "note").Should().Be("Nothing is stored yet.");
        app.Bucket.Keys.Should().BeEmpty();
        app.S3.Requests.Count(request => request.Method == "PUT").Should().Be(1, "a wrong signature does not become valid, so the page must not try again");
        app.S3.Requests.Single(request => request.Method == "PUT").Error!.Code.Should().Be("SignatureDoesNotMatch");
    }

    [BrowserFact]
    public async Task Upload_NamesWithSpecialCharacters_AreDownloadedUnchanged()
    {
        string[] names = ["Żółta łódź.txt", "日本語 ファイル.txt", "🎉 party.txt", "100% + a&b=c #1 (2) 'x'.txt"];
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("names", new() { ["names"] = names });

        page.GetProperty("results").EnumerateArray().Select(result => Text(result, "state")).Should().AllBe("Stored");
        page.GetProperty("results").EnumerateArray().Select(result => Text(result, "name")).Should().Equal(names);
        page.GetProperty("results").EnumerateArray().Select(result => Text(result, "content")).Should().Equal(names);
    }

    [BrowserFact]
    public async Task List_NameWithMarkup_ShowsItAsText()
    {
        const string Name = "<img src=x onerror=alert(1)>.txt";
        await using BrowserApplication app = new();
        app.Bucket.Put("users/ada/1/" + Name, "1"u8);

        JsonElement page = await app.RunAsync("markup");

        page.GetProperty("shown").EnumerateArray().Select(name => name.GetString()).Should().Equal(Name);
        Text(page, "question").Should().StartWith($"Delete {Name}?");
        page.GetProperty("elements").GetInt32().Should().Be(0);
        page.GetProperty("rows").GetInt32().Should().Be(1, "the user has kept the file");
    }

    [BrowserFact]
    public async Task Link_ExpiredByTheButton_IsRejectedByTheStore()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("expiredLink");

        Text(page, "life").Should().MatchRegex("^Expires in 1[45]:[0-9]{2}$");
        page.GetProperty("before").GetInt32().Should().Be(200);
        Text(page, "content").Should().Be("hello");
        Text(page, "verdict").Should().Be("The store responds with 403: Request has expired.");
        page.GetProperty("after").GetInt32().Should().Be(403);
        Text(page, "clock").Should().Contain("15 minutes ahead");
        page.GetProperty("renewed").GetInt32().Should().Be(200);
    }

    [BrowserFact]
    public async Task Page_KeyboardOnly_CanDoEverything()
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 0, isInterruptedAgain: true);

        JsonElement page = await app.RunAsync("keyboard");

        page.GetProperty("rings").EnumerateArray().Select(ring => ring.GetString()).Should().HaveCountGreaterThan(5).And.AllBe("solid", "the focus must be visible");
        Text(page, "afterDismiss").Should().Be("picker");
        Text(page, "afterPause").Should().Be("resume");
        Text(page, "afterResume").Should().Be("pause");
        Text(page, "afterCancel").Should().Be("picker");
        Text(page, "expanded").Should().Be("true");
        Text(page, "afterExpire").Should().Be("renew");
        Text(page, "beforeDelete").Should().Be("delete");
        page.GetProperty("kept").GetInt32().Should().Be(1);
        Text(page, "afterEscape").Should().Be("delete");
        Text(page, "question").Should().StartWith("Delete notes.txt?");
        Text(page, "afterDelete").Should().Be("files-heading");
        app.Bucket.Keys.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Ticket_OfADifferentUser_IsForbidden()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("secondUser");

        page.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetInt32()).Should().Equal(403, 403, 403);
        page.GetProperty("results").EnumerateArray().Select(result => Text(result, "detail")).Should().AllSatisfy(detail => detail.Should().Contain("different user"));
        page.GetProperty("link").GetInt32().Should().Be(403);
        Text(page, "note").Should().Be("Nothing is stored yet.");
    }

    [BrowserFact]
    public async Task Page_OnAPhoneInDarkMode_FitsTheScreenAndFingers()
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("phone");

        page.GetProperty("overflow").GetInt32().Should().Be(0);
        page.GetProperty("smallTargets").EnumerateArray().Should().BeEmpty();
        Text(page, "background").Should().Be("rgb(19, 20, 22)");
    }

    [BrowserFact]
    public async Task Uppy_SignRequest_UploadsAndReportsReasons()
    {
        await using BrowserApplication app = new();

        JsonElement result = await RunUppyAsync(
            app, "signRequest", usePackages: true, new { name = "Żółw.txt", type = "text/plain", content = "hello" }, new { name = "page.html", type = "text/html", content = "<p>" });

        ShouldHaveUploaded(app, result, "Żółw.txt", "hello");
        JsonElement failed = result.GetProperty("failed").EnumerateArray().Should().ContainSingle().Subject;
        Text(failed, "name").Should().Be("page.html");
        Text(failed, "error").Should().Contain("text/html");
    }

    [BrowserFact]
    public Task Uppy_CompanionInTheBundle_UploadsWithAForm() => UploadWithCompanionAsync(usePackages: false);

    [BrowserFact]
    public Task Uppy_CompanionInThePackages_UploadsWithAForm() => UploadWithCompanionAsync(usePackages: true);

    private static async Task ResumeVanishedUploadAsync(bool hideErrors)
    {
        await using BrowserApplication app = new();
        HoldParts(app, after: 1);

        JsonElement page = await app.RunAsync("vanishedUpload", new() { ["hideErrors"] = hideErrors });

        page.GetProperty("aborted").GetInt32().Should().Be(204);
        Text(page, "state").Should().Be("Stored");
        Text(page, "remembered").Should().Be("[]");
        app.Bucket.Keys.Should().ContainSingle();
    }

    private static async Task ReloadBeforeDoneAsync(bool hideErrors)
    {
        await using BrowserApplication app = new();

        JsonElement page = await app.RunAsync("closedBeforeDone", new() { ["hideErrors"] = hideErrors });

        page.GetProperty("cancelIsOffered").GetBoolean().Should().BeTrue();
        page.GetProperty("confirmed").GetInt32().Should().Be(200);
        Text(page, "state").Should().Be("Stored");
        Text(page, "remembered").Should().Be("[]");
    }

    // Stores the first parts at once and holds the next requests, so that the upload cannot end before a slow machine has interrupted it. The page sends four parts at a time.
    // When the page resumes, it lists the stored parts, and the requests after that are not held, unless the test interrupts the upload again.
    private static void HoldParts(BrowserApplication app, int after, int seconds = 600, bool isInterruptedAgain = false)
    {
        int parts = 0;
        app.S3.FailNext(LocalS3Fault.Delay(TimeSpan.FromSeconds(seconds)), times: isInterruptedAgain ? 8 : 4, when: request => request.PartNumber is not null && request.Method == "PUT"
            && (isInterruptedAgain || app.S3.Requests.All(other => other.Operation != "ListParts"))
            && Interlocked.Increment(ref parts) > after);
    }

    private static async Task UploadWithCompanionAsync(bool usePackages)
    {
        await using BrowserApplication app = new();

        JsonElement result = await RunUppyAsync(app, "companion", usePackages, new { name = "Żółw.txt", type = "text/plain", content = "hello" });

        result.GetProperty("failed").EnumerateArray().Should().BeEmpty();
        ShouldHaveUploaded(app, result, "Żółw.txt", "hello");
    }

    private static Task<JsonElement> RunUppyAsync(BrowserApplication app, string mode, bool usePackages, params object[] files) =>
        app.RunAsync("uppy", new() { ["mode"] = mode, ["usePackages"] = usePackages, ["files"] = files });

    private static void ShouldHaveUploaded(BrowserApplication app, JsonElement result, string name, string content)
    {
        JsonElement uploaded = result.GetProperty("successful").EnumerateArray().Should().ContainSingle().Subject;
        LocalS3Object stored = app.Bucket[Text(uploaded, "key")];
        Encoding.UTF8.GetString(stored.Content.Span).Should().Be(content);
        stored.ContentType.Should().Be("text/plain");
        app.S3.Requests.Should().ContainSingle(request => request.Operation == "PostObject");
        result.GetProperty("listed").EnumerateArray().Select(listed => listed.GetString()).Should().Equal(name);
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
