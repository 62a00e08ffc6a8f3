using System.Diagnostics;
using System.Reflection;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Text.Json;

namespace PresignKit.Tests;

/// <summary>The representations of a form: HTML, a body for HttpClient, and JSON.</summary>
public class PresignedPostTests
{
    private static readonly DateTimeOffset ExpiresAt = new(2026, 11, 23, 21, 53, 40, TimeSpan.Zero);

    [Fact]
    public void ToHtmlForm_Fields_AreEncodedAndTheFileIsLast() => Post(
        [("key", "a\"b'<c>&amp;"), ("policy", "e30=")], PostCondition.StartsWith("Content-Type", "image/"), PostCondition.StartsWith("x\"y", "")).ToHtmlForm().Should().Be(
        """
        <form action="https://b.example/?a&amp;b" method="post" enctype="multipart/form-data" accept-charset="utf-8">
        <input type="hidden" name="key" value="a&quot;b&#39;&lt;c&gt;&amp;amp;">
        <input type="hidden" name="policy" value="e30=">
        <label>Content-Type <input name="Content-Type" value="image/" required></label>
        <label>x&quot;y <input name="x&quot;y" value=""></label>
        <input type="file" name="file" required>
        <button type="submit">Upload</button>
        </form>

        """.ReplaceLineEndings("\n"));

    // The condition on the key is empty for PostKey.Any, but a form without a key is rejected.
    [Fact]
    public void ToHtmlForm_AnyKey_RequiresTheKey() => Post([], PostCondition.StartsWith("key", "")).ToHtmlForm()
        .Should().Contain("<label>key <input name=\"key\" value=\"\" required></label>");

    [Theory]
    [InlineData("key", true, "the field 'key' (with any value), but addedFields does not contain it")]
    [InlineData("a", false, "that 'a' be equal to '', but addedFields does not contain the field")]
    public void ToMultipartContent_MissingFieldWithoutValue_IsRejected(string name, bool isPrefix, string requirement) =>
        FluentActions.Invoking(() => Post([], isPrefix ? PostCondition.StartsWith(name, "") : PostCondition.ExactMatch(name, "")).ToMultipartContent(new MemoryStream(), "f"))
            .Should().Throw<ArgumentException>().WithParameterName("addedFields").WithMessage($"The policy requires {requirement}. Add*");

    [Fact]
    public void ToMultipartContent_FileWithoutType_DoesNotFillInContentType() =>
        FluentActions.Invoking(() => Post([("key", "k")], PostCondition.StartsWith("Content-Type", "image/")).ToMultipartContent(new MemoryStream(), "f"))
            .Should().Throw<ArgumentException>().WithMessage("*requires that 'Content-Type' start with 'image/', but addedFields does not contain the field. Add*");

    [Fact]
    public async Task ToMultipartContent_FieldWithAnyValueThatIsNotAdded_IsSentEmpty()
    {
        PresignedPost post = Post([("key", "k")], PostCondition.StartsWith("x-amz-meta-title", ""));

        using MultipartContent content = post.ToMultipartContent(new StringContent("body"), "f");

        (await content.ReadAsStringAsync()).Should().Contain("name=\"x-amz-meta-title\"\r\n\r\n\r\n--", "because AWS rejects a form without the field");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void ToMultipartContent_AddedFieldWithoutName_IsRejected(string? name) =>
        FluentActions.Invoking(() => Post([("key", "k")]).ToMultipartContent(new MemoryStream(), "f", [new(name!, "x")]))
            .Should().Throw<ArgumentException>().WithParameterName("addedFields").WithMessage("A field in addedFields does not have a name.*");

    [Fact]
    public async Task ToMultipartContent_Text_IsAsBrowsersWriteIt()
    {
        using MultipartContent content = Post([("key", "up/ü"), ("x-amz-meta-a", "1")])
            .ToMultipartContent(new MemoryStream("body"u8.ToArray()), "n\u00E4\u6F22 \"x\"\r\n.png");

        string type = content.Headers.NonValidated["Content-Type"].ToString();
        string boundary = type["multipart/form-data; boundary=".Length..];
        type.Should().StartWith("multipart/form-data; boundary=----PresignKit");
        (await content.ReadAsByteArrayAsync()).Should().Equal(Encoding.UTF8.GetBytes(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nup/ü\r\n" +
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"x-amz-meta-a\"\r\n\r\n1\r\n" +
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"n\u00E4\u6F22 %22x%22%0D%0A.png\"\r\n\r\nbody\r\n--{boundary}--\r\n"));
        content.Headers.ContentLength.Should().NotBeNull("stores require it");
    }

    [Fact]
    public async Task ToMultipartContent_TypeOfTheFile_FillsInContentType()
    {
        PresignedPost post = Post([("key", "k")], PostCondition.StartsWith("Content-Type", "text/"));

        using MultipartContent content = post.ToMultipartContent(new StringContent("body"), "f");

        (await content.ReadAsStringAsync()).Should().Contain("name=\"Content-Type\"\r\n\r\ntext/plain; charset=utf-8\r\n");
    }

    [Fact]
    public void ToMultipartContent_Boundary_IsARandomNumberWithoutHyphens()
    {
        using MultipartContent content = Post([("key", "k")]).ToMultipartContent(new MemoryStream(), "f");

        content.Headers.ContentType!.Parameters.Single().ToString().Should().MatchRegex("^boundary=----PresignKit[0-9a-f]{32}$");
    }

    [Fact]
    public async Task ToMultipartContent_FileWithContentDisposition_ReplacesIt()
    {
        StringContent file = new("body");
        file.Headers.ContentDisposition = new("attachment");

        using MultipartContent content = Post([("key", "k")]).ToMultipartContent(file, "f");

        (await content.ReadAsStringAsync()).Should().Contain("Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n").And.NotContain("attachment");
    }

    // The name does not become part of the key here.
    [Fact]
    public void ToMultipartContent_NulInTheFileName_IsRejected() => FluentActions.Invoking(() => Post([("key", "k")]).ToMultipartContent(new MemoryStream(), "a\0b"))
        .Should().Throw<ArgumentException>().WithParameterName("fileName").WithMessage("The file name 'a<U+0000>b' contains a NUL character, which stores cannot read. Remove it.*");

    // Ceph accepts such a key with 204, but the object cannot be addressed afterwards.
    [Theory]
    [InlineData("a\0b.png", "*NUL*")]
    [InlineData("a\nb.png", "*control character U+000A*")]
    [InlineData("../secret", "*'.' or '..' as a path segment*")]
    [InlineData("trailing ", "*ends with white space*")]
    [InlineData("long", "*has 1029 bytes in UTF-8*")]
    public void ToMultipartContent_FileNameThatYieldsAnInvalidKey_IsRejected(string fileName, string message)
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Prefix("up/")) { UseFileName = true });
        string name = fileName == "long" ? new string('n', 1026) : fileName;

        FluentActions.Invoking(() => post.ToMultipartContent(new MemoryStream(), name)).Should().Throw<ArgumentException>().WithParameterName(nameof(fileName)).WithMessage(message);
        FluentActions.Invoking(() => Posted.Form(new PostPolicy(PostKey.Prefix("up/")))
                .ToMultipartContent(new MemoryStream(), "f", TestPresigner.Pairs(("key", "up/" + name))))
            .Should().Throw<ArgumentException>().WithParameterName("addedFields").WithMessage(message);
    }

    [Fact]
    public void ToMultipartContent_LoneSurrogateInTheKey_IsRejected() => FluentActions
        .Invoking(() => Posted.Form(new PostPolicy(PostKey.Prefix("up/"))).ToMultipartContent(new MemoryStream(), "f", TestPresigner.Pairs(("key", "up/\uD83D"))))
        .Should().Throw<ArgumentException>().WithParameterName("addedFields").WithMessage("*lone surrogate*");

    [Theory]
    [InlineData("free", "a\nb", "*control character U+000A*")]
    [InlineData("free", "a ", "*ends with white space*")]
    [InlineData("Cache-Control", "ü", "*U+00FC*ASCII*")]
    public void ToMultipartContent_AddedValueThatWouldNotArrive_IsRejected(string name, string value, string message)
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Conditions = [PostCondition.StartsWith(name, "")] });

        FluentActions.Invoking(() => post.ToMultipartContent(new MemoryStream(), "f", TestPresigner.Pairs((name, value))))
            .Should().Throw<ArgumentException>().WithParameterName("addedFields").WithMessage(message);
    }

    [Fact]
    public async Task Default_FieldThatThePageCanChange_IsSentUnlessItIsAdded()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k"))
        {
            ContentType = "image/png",
            ContentTypePrefix = "image/",
            Fields = [new("x-amz-meta-title", "My photo")],
            Conditions = [PostCondition.StartsWith("X-Amz-Meta-Title", "My ")],
        });

        using MultipartContent defaults = post.ToMultipartContent(new StringContent("body"), "f");
        using MultipartContent changed = post.ToMultipartContent(new MemoryStream(), "f", TestPresigner.Pairs(("content-type", "image/gif")));

        post.Fields.Take(3).Should().Equal(TestPresigner.Pairs(("Content-Type", "image/png"), ("x-amz-meta-title", "My photo"), ("key", "k")));
        post.Conditions()[..3].Should().Equal("[\"starts-with\",\"$Content-Type\",\"image/\"]", "[\"starts-with\",\"$X-Amz-Meta-Title\",\"My \"]", "{\"key\":\"k\"}");
        (await defaults.ReadAsStringAsync()).Should().Contain("name=\"Content-Type\"\r\n\r\nimage/png\r\n").And.Contain("name=\"x-amz-meta-title\"\r\n\r\nMy photo\r\n");
        (await changed.ReadAsStringAsync()).Should().Contain("name=\"content-type\"\r\n\r\nimage/gif\r\n").And.NotContain("image/png");
        post.ToHtmlForm().Should().Contain("<label>Content-Type <input name=\"Content-Type\" value=\"image/png\" required></label>").And.NotContain("type=\"hidden\" name=\"Content-Type\"");
    }

    [Fact]
    public async Task ToMultipartContent_AddedFields_ComeBeforeTheFile()
    {
        PresignedPost post = Post([("a", "1")], PostCondition.StartsWith("key", "up/"), PostCondition.ExactMatch("Consent", "yes"), PostCondition.StartsWith("free", ""));

        using MultipartContent content = post.ToMultipartContent(new MemoryStream([1]), "f", TestPresigner.Pairs(("consent", "yes"), ("key", "up/a"), ("x-ignore-b", "c")));

        string[] names = [.. (await content.ReadAsStringAsync()).Split('\n').Where(line => line.StartsWith("Content-Disp", StringComparison.Ordinal)).Select(line => line.Split('"')[1])];
        names.Should().Equal("a", "consent", "key", "x-ignore-b", "free", "file");
    }

    [Theory]
    [InlineData("key", "other/a", "*'key' is 'other/a', but the policy requires that 'key' start with 'up/'. Specify*")]
    [InlineData("key", null, "*'key' does not have a value*")]
    [InlineData("a", "1", "*'a' is already in the form*")]
    [InlineData("b", "1", "*'b'*does not have a condition for it*PostCondition*")]
    [InlineData("x-ignore-a", "1", "*requires that 'key' start with 'up/', but addedFields does not contain the field. Add*")]
    public void ToMultipartContent_FieldThatViolatesThePolicy_IsRejected(string name, string? value, string message) =>
        FluentActions.Invoking(() => Post([("a", "1")], PostCondition.StartsWith("key", "up/")).ToMultipartContent(new MemoryStream(), "f", [new(name, value!)]))
            .Should().Throw<ArgumentException>().WithParameterName("addedFields").WithMessage(message);

    [Fact]
    public void ToMultipartContent_FieldAddedTwice_IsRejected() => FluentActions
        .Invoking(() => Post([("key", "k")], PostCondition.StartsWith("a", "")).ToMultipartContent(new MemoryStream(), "f", TestPresigner.Pairs(("a", "1"), ("a", "2"))))
        .Should().Throw<ArgumentException>().WithParameterName("addedFields").WithMessage("The field 'a' is already in the form*");

    [Fact]
    public async Task ToMultipartContent_IgnoredFieldWithoutValue_IsSentEmpty()
    {
        using MultipartContent content = Post([("key", "k")]).ToMultipartContent(new MemoryStream(), "f", [new("x-ignore-a", null!)]);

        (await content.ReadAsStringAsync()).Should().Contain("name=\"x-ignore-a\"\r\n\r\n\r\n--");
    }

    [Fact]
    public void ToMultipartContent_FileOfADifferentType_IsRejectedWithItsType() =>
        FluentActions.Invoking(() => Post([("key", "k")], PostCondition.StartsWith("Content-Type", "image/")).ToMultipartContent(new StringContent("x"), "f"))
            .Should().Throw<ArgumentException>().WithMessage("*requires that 'Content-Type' start with 'image/', but addedFields does not contain the field and the type of the file is 'text/plain; charset=utf-8'. Add*");

    [Fact]
    public void ToMultipartContent_InvalidNameOrNull_IsRejected()
    {
        PresignedPost post = Post([("key", "k")]);

        FluentActions.Invoking(() => post.ToMultipartContent(new MemoryStream(), "")).Should().Throw<ArgumentException>().WithParameterName("fileName").WithMessage("The file name is empty*Specify a file name*");
        FluentActions.Invoking(() => post.ToMultipartContent(new MemoryStream(), "a\uD83D")).Should().Throw<ArgumentException>().WithMessage("*lone surrogate*");
        FluentActions.Invoking(() => post.ToMultipartContent(new MemoryStream(), null!)).Should().Throw<ArgumentNullException>().WithParameterName("fileName");
        FluentActions.Invoking(() => post.ToMultipartContent((Stream)null!, "f")).Should().Throw<ArgumentNullException>().WithParameterName("file");
        FluentActions.Invoking(() => post.ToMultipartContent((HttpContent)null!, "f")).Should().Throw<ArgumentNullException>().WithParameterName("file");
    }

    [Fact]
    public void Serialize_Result_IsWhatABrowserNeeds() => JsonSerializer.Serialize(Post([("key", "k"), ("acl", "private")]), (JsonSerializerOptions?)null).Should().Be(
        "{\"url\":\"https://b.example/?a\\u0026b\",\"fields\":{\"key\":\"k\",\"acl\":\"private\"},\"expiresAt\":\"2026-11-23T21:53:40+00:00\"}");

    [Fact]
    public void Serialize_FieldsToAdd_ContainsTheirConditions() =>
        JsonSerializer.Serialize(Post([], PostCondition.StartsWith("key", "up/"), PostCondition.ExactMatch("a", "b"))).Should()
            .Contain("\"fieldsToAdd\":{\"key\":{\"startsWith\":\"up/\"},\"a\":{\"equals\":\"b\"}}");

    [Fact]
    public void Deserialize_OwnJson_ReturnsAnEquivalentResult()
    {
        PresignedPost original = Posted.Form(
            new PostPolicy(PostKey.Prefix("ü/")) { ContentTypePrefix = "", Acl = "private", Conditions = [PostCondition.ExactMatch("consent", "yes")] });

        PresignedPost copy = JsonSerializer.Deserialize<PresignedPost>(JsonSerializer.Serialize(original))!;

        copy.Should().BeEquivalentTo(original, options => options.WithStrictOrdering());
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("""{"fields":{},"expiresAt":"2026-11-23T21:53:40Z"}""", "'url'")]
    [InlineData("""{"url":"https://a/","expiresAt":"2026-11-23T21:53:40Z"}""", "'fields'")]
    [InlineData("""{"url":"https://a/","fields":{}}""", "'expiresAt'. A presigned form requires url, fields and expiresAt.")]
    [InlineData("""{"url":"https://a/","fields":[],"expiresAt":"2026-11-23T21:53:40Z"}""", "fields")]
    [InlineData("""{"url":"https://a/","fields":{"a":null},"expiresAt":"2026-11-23T21:53:40Z"}""", "The field 'a' does not have a value. Specify a value, or remove the field.")]
    [InlineData("""{"url":"https://a/","fields":{"a":"1","A":"2"},"expiresAt":"2026-11-23T21:53:40Z"}""", "The field 'A' is specified more than once. Specify each field once.")]
    [InlineData("""{"url":"https://a/","fields":{},"fieldsToAdd":["a"],"expiresAt":"2026-11-23T21:53:40Z"}""", "The fieldsToAdd of a presigned form must be a JSON object of names")]
    [InlineData("""{"url":"https://a/","fields":{},"fieldsToAdd":{"a":{"like":"b"}},"expiresAt":"2026-11-23T21:53:40Z"}""", "startsWith")]
    [InlineData("""{"url":"https://a/","fields":{},"fieldsToAdd":{"a":{"equals":null}},"expiresAt":"2026-11-23T21:53:40Z"}""", "startsWith")]
    public void Deserialize_IncompleteJson_NamesTheProblem(string json, string named) =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize<PresignedPost>(json)).Should().Throw<JsonException>().WithMessage($"*{named}*").Which.Message.Should().NotContain("Parameter");

    [Fact]
    public void Deserialize_TruncatedJson_IsRejectedWithoutTheText() => FluentActions
        .Invoking(() => JsonSerializer.Deserialize<PresignedPost>("""{"url":"https://a/","fields":{"x-amz-signature":"5ec7e7"""))
        .Should().Throw<JsonException>().WithMessage("The JSON of the presigned form is truncated or malformed. Pass the complete JSON*").Which.Message.Should().NotContain("5ec7e7");

    [Fact]
    public void JsonConverter_Null_Throws()
    {
        PresignedPostJsonConverter converter = new();
        using Utf8JsonWriter writer = new(new MemoryStream());

        FluentActions.Invoking(() => converter.Write(null!, Post([]), JsonSerializerOptions.Default)).Should().Throw<ArgumentNullException>().WithParameterName("writer");
        FluentActions.Invoking(() => converter.Write(writer, null!, JsonSerializerOptions.Default)).Should().Throw<ArgumentNullException>().WithParameterName("value");
    }

    // Newtonsoft.Json reads the same attributes.
    [Fact]
    public void DataContract_Form_HasTheSameShapeAsTheJson() =>
        DataContractJson(Post([("key", "k")], PostCondition.StartsWith("a", "1"), PostCondition.ExactMatch("b", "2"))).Should()
            .StartWith("{\"url\":\"https:\\/\\/b.example\\/?a&b\",\"fields\":{\"key\":\"k\"},\"fieldsToAdd\":{\"a\":{\"startsWith\":\"1\"},\"b\":{\"equals\":\"2\"}},\"expiresAt\":");

    [Fact]
    public void DataContract_FormWithoutFieldsToAdd_OmitsThem() => DataContractJson(Post([("key", "k")])).Should().NotContain("fieldsToAdd");

    [Fact]
    public void Deserialize_DifferentCaseAndUnknownProperty_IsRead() =>
        JsonSerializer.Deserialize<PresignedPost>("""{"more":[1],"Url":"https://a/","Fields":{"a":"1"},"ExpiresAt":"2026-11-23T21:53:40Z"}""")!.Field("a").Should().Be("1");

    [Fact]
    public void ToString_Result_DoesNotShowFields()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")));

        post.ToString().Should().Be("POST https://my-space.nyc3.digitaloceanspaces.com/ (until 2026-03-14 16:09:26Z)");
        typeof(PresignedPost).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value.Should().Be("{ToString(),nq}");
        typeof(PostPolicy).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value.Should().Be("{ToString(),nq}");
    }

    [Fact]
    public void New_WithoutFieldsToAdd_HasNone() => new PresignedPost("https://b.example/", [], ExpiresAt).FieldsToAdd.Should().BeEmpty();

    [Fact]
    public void New_NullOrDuplicateFields_Throws()
    {
        FluentActions.Invoking(() => new PresignedPost(null!, [], default)).Should().Throw<ArgumentNullException>().WithParameterName("url");
        FluentActions.Invoking(() => new PresignedPost("https://a", null!, default)).Should().Throw<ArgumentNullException>().WithParameterName("fields");
        FluentActions.Invoking(() => Post([("a", "1"), ("A", "1")])).Should().Throw<ArgumentException>().WithParameterName("fields").WithMessage("The field 'A' is specified more than once. Specify each field once.*");
        FluentActions.Invoking(() => Post([("a", "1")], null!, PostCondition.StartsWith("key", ""))).Should().Throw<ArgumentException>().WithParameterName("fieldsToAdd").WithMessage("One of the fields to add is null. Remove it.*");
        FluentActions.Invoking(() => Post([("", "1")])).Should().Throw<ArgumentException>().WithParameterName("fields").WithMessage("A field does not have a name. Specify its name*");
        FluentActions.Invoking(() => Post([("a", null!)])).Should().Throw<ArgumentException>().WithParameterName("fields").WithMessage("The field 'a' does not have a value. Specify a value*");
    }

    private static string DataContractJson(PresignedPost post)
    {
        using MemoryStream json = new();
        new DataContractJsonSerializer(typeof(PresignedPost), new DataContractJsonSerializerSettings { SerializeReadOnlyTypes = true, UseSimpleDictionaryFormat = true }).WriteObject(json, post);
        return Encoding.UTF8.GetString(json.ToArray());
    }

    private static PresignedPost Post((string Name, string Value)[] fields, params PostCondition[] toAdd) =>
        new("https://b.example/?a&b", TestPresigner.Pairs(fields), ExpiresAt, toAdd);
}
