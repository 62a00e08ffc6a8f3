using System.Globalization;
using System.Xml.Linq;

namespace PresignKit.LocalS3.Tests.Operations;

public class ListObjectsTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task ListObjectsV2_EmptyBucket_ReturnsNoObjects()
    {
        XElement page = await _bucket.SendAsync(new ListObjectsV2()).XmlAsync();

        page.Name.LocalName.Should().Be("ListBucketResult");
        page.Value("Name").Should().Be(_bucket.Name);
        page.Value("Prefix").Should().BeEmpty();
        page.Value("KeyCount").Should().Be("0");
        page.Value("MaxKeys").Should().Be("1000");
        page.Value("IsTruncated").Should().Be("false");
        page.Element("NextContinuationToken").Should().BeNull();
        page.Element("Delimiter").Should().BeNull();
        page.Element("EncodingType").Should().BeNull();
        _bucket.LastRequest.Operation.Should().Be("ListObjectsV2");
    }

    [Fact]
    public async Task ListObjectsV2_Objects_HaveTheirProperties()
    {
        byte[] content = [1, 2, 3];
        await _bucket.SendAsync(new PutObject("a") { Checksum = Sums.Of(ChecksumAlgorithm.Crc32C, content), StorageClass = "GLACIER_IR" }, new ByteArrayContent(content)).StatusAsync();
        _bucket.Store.Put("b", content);

        XElement[] objects = [.. (await _bucket.SendAsync(new ListObjectsV2()).XmlAsync()).Elements("Contents")];

        objects.Select(one => one.Value("Key")).Should().Equal("a", "b");
        objects[0].Value("ETag").Should().Be(_bucket.Store["a"].ETag);
        objects[0].Value("Size").Should().Be("3");
        objects[0].Value("LastModified").Should().Be("2026-03-14T15:09:26.535Z");
        objects[0].Value("StorageClass").Should().Be("GLACIER_IR");
        objects[0].Value("ChecksumAlgorithm").Should().Be("CRC32C");
        objects[0].Value("ChecksumType").Should().Be("FULL_OBJECT");
        objects[0].Element("Owner").Should().BeNull();
        objects[1].Value("StorageClass").Should().Be("STANDARD");
        objects[1].Element("ChecksumAlgorithm").Should().BeNull();
    }

    [Fact]
    public async Task ListObjectsV2_FetchOwner_ReturnsTheOwner()
    {
        _bucket.Store.Put("a", [1]);

        XElement page = await _bucket.SendAsync(new ListObjectsV2 { FetchOwner = true }).XmlAsync();

        page.Element("Contents")!.Element("Owner")!.Value("ID").Should().HaveLength(64);
    }

    [Fact]
    public async Task ListObjectsV2_MoreThan1000Objects_ReturnsPages()
    {
        string[] keys = [.. Enumerable.Range(0, 2345).Select(i => "k" + i.ToString("d5", CultureInfo.InvariantCulture))];
        Array.ForEach(keys, key => _bucket.Store.Put(key, []));

        List<string[]> pages = await ReadPagesAsync(new ListObjectsV2());

        pages.Select(page => page.Length).Should().Equal(1000, 1000, 345);
        pages.SelectMany(page => page).Should().Equal(keys);
    }

    [Fact]
    public async Task ListObjectsV2_TokenOfADeletedKey_ContinuesAfterIt()
    {
        foreach (string key in (string[])["a", "b", "c", "d"])
        {
            _bucket.Store.Put(key, []);
        }

        XElement first = await _bucket.SendAsync(new ListObjectsV2 { MaxKeys = 2 }).XmlAsync();
        _bucket.Store.Delete("b");
        _bucket.Store.Delete("c");
        _bucket.Store.Put("bb", []);
        XElement second = await _bucket.SendAsync(new ListObjectsV2 { MaxKeys = 2, ContinuationToken = first.Value("NextContinuationToken") }).XmlAsync();

        first.Value("IsTruncated").Should().Be("true");
        first.Values("Contents", "Key").Should().Equal("a", "b");
        second.Values("Contents", "Key").Should().Equal("bb", "d");
        second.Value("ContinuationToken").Should().Be(first.Value("NextContinuationToken"));
        second.Value("IsTruncated").Should().Be("false");
    }

    [Fact]
    public async Task ListObjectsV2_PrefixAndDelimiter_GroupsKeys()
    {
        foreach (string key in (string[])["a.txt", "photos/1.jpg", "photos/2026/a.jpg", "photos/2026/b.jpg", "photos/2027/c.jpg", "photos-old/d.jpg", "z"])
        {
            _bucket.Store.Put(key, []);
        }

        XElement root = await _bucket.SendAsync(new ListObjectsV2 { Delimiter = "/" }).XmlAsync();
        XElement folder = await _bucket.SendAsync(new ListObjectsV2 { Prefix = "photos/", Delimiter = "/" }).XmlAsync();
        XElement flat = await _bucket.SendAsync(new ListObjectsV2 { Prefix = "photos" }).XmlAsync();

        root.Values("Contents", "Key").Should().Equal("a.txt", "z");
        root.Values("CommonPrefixes", "Prefix").Should().Equal("photos-old/", "photos/");
        root.Value("KeyCount").Should().Be("4");
        root.Value("Delimiter").Should().Be("/");
        folder.Values("Contents", "Key").Should().Equal("photos/1.jpg");
        folder.Values("CommonPrefixes", "Prefix").Should().Equal("photos/2026/", "photos/2027/");
        folder.Value("Prefix").Should().Be("photos/");
        flat.Value("KeyCount").Should().Be("5");
    }

    [Fact]
    public async Task ListObjectsV2_PagesOfCommonPrefixes_ContainEachPrefixOnce()
    {
        foreach (string key in (string[])["a/1", "a/2", "b", "c/1", "c/2", "d"])
        {
            _bucket.Store.Put(key, []);
        }

        List<string[]> pages = await ReadPagesAsync(new ListObjectsV2 { Delimiter = "/", MaxKeys = 1 });

        pages.Select(page => page.Single()).Should().Equal("a/", "b", "c/", "d");
    }

    [Fact]
    public async Task ListObjectsV2_StartAfter_SkipsKeys()
    {
        foreach (string key in (string[])["a", "b", "c"])
        {
            _bucket.Store.Put(key, []);
        }

        XElement after = await _bucket.SendAsync(new ListObjectsV2 { StartAfter = "a" }).XmlAsync();
        XElement between = await _bucket.SendAsync(new ListObjectsV2 { StartAfter = "b0" }).XmlAsync();

        after.Values("Contents", "Key").Should().Equal("b", "c");
        after.Value("StartAfter").Should().Be("a");
        between.Values("Contents", "Key").Should().Equal("c");
    }

    [Fact]
    public async Task ListObjectsV2_TokenAndStartAfter_TokenTakesPrecedence()
    {
        foreach (string key in (string[])["a", "b", "c", "d"])
        {
            _bucket.Store.Put(key, []);
        }

        XElement first = await _bucket.SendAsync(new ListObjectsV2 { StartAfter = "a", MaxKeys = 1 }).XmlAsync();
        XElement second = await _bucket.SendAsync(new ListObjectsV2 { StartAfter = "a", MaxKeys = 1, ContinuationToken = first.Value("NextContinuationToken") }).XmlAsync();

        first.Values("Contents", "Key").Should().Equal("b");
        second.Values("Contents", "Key").Should().Equal("c");
    }

    [Fact]
    public async Task ListObjectsV2_Keys_AreInTheOrderOfTheirUtf8Bytes()
    {
        // In UTF-16, the surrogate pair of the emoji would precede U+FF5E.
        string[] keys = ["A", "B", "a", "a/", "a0", "é", "～", "😀"];
        foreach (string key in keys.Reverse())
        {
            _bucket.Store.Put(key, []);
        }

        (await _bucket.SendAsync(new ListObjectsV2()).XmlAsync()).Values("Contents", "Key").Should().Equal(keys);
    }

    [Fact]
    public async Task ListObjectsV2_UrlEncoding_EncodesAllNames()
    {
        _bucket.Store.Put("ä b/c+d/%/\u0001", []);
        _bucket.Store.Put("ä b/e", []);

        XElement page = await _bucket.SendAsync(new ListObjectsV2 { UrlEncodeKeys = true, Prefix = "ä b/", Delimiter = "/", StartAfter = "ä b/ä" }).XmlAsync();
        XElement all = await _bucket.SendAsync(new ListObjectsV2 { UrlEncodeKeys = true, Prefix = "ä b/", Delimiter = "/" }).XmlAsync();
        XElement flat = await _bucket.SendAsync(new ListObjectsV2 { UrlEncodeKeys = true }).XmlAsync();

        page.Value("EncodingType").Should().Be("url");
        page.Value("Prefix").Should().Be("%C3%A4+b/");
        page.Value("StartAfter").Should().Be("%C3%A4+b/%C3%A4");
        page.Value("KeyCount").Should().Be("0");
        all.Values("CommonPrefixes", "Prefix").Should().Equal("%C3%A4+b/c%2Bd/");
        flat.Values("Contents", "Key").Should().Equal("%C3%A4+b/c%2Bd/%25/%01", "%C3%A4+b/e");
    }

    [Fact]
    public async Task ListObjectsV2_KeysThatXmlCannotContain_AreWrittenAsReferences()
    {
        _bucket.Store.Put("a\rb\nc\u0001<&>\"'", []);

        string page = await _bucket.SendAsync(new ListObjectsV2()).TextAsync();

        page.Should().Contain("<Key>a&#xD;b\nc&#x1;&lt;&amp;&gt;\"'</Key>");
    }

    [Fact]
    public async Task ListObjectsV2_MaxKeysZero_ReturnsAnEmptyPage()
    {
        _bucket.Store.Put("a", []);

        XElement page = await _bucket.SendAsync(Query("max-keys", "0")).XmlAsync();

        page.Value("MaxKeys").Should().Be("0");
        page.Value("KeyCount").Should().Be("0");
        page.Value("IsTruncated").Should().Be("false");
    }

    [Fact]
    public async Task ListObjectsV2_MaxKeysAboveTheLimit_IsReduced() => (await _bucket.SendAsync(Query("max-keys", "5000")).XmlAsync()).Value("MaxKeys").Should().Be("1000");

    [Theory]
    [InlineData("max-keys", "x", "Provided max-keys not an integer or within integer range")]
    [InlineData("max-keys", "99999999999", "Provided max-keys not an integer or within integer range")]
    [InlineData("max-keys", "-1", "Argument maxKeys must be an integer between 0 and 2147483647")]
    [InlineData("encoding-type", "xml", "Invalid Encoding Method specified in Request")]
    [InlineData("continuation-token", "!", "The continuation token provided is incorrect")]
    public async Task ListObjectsV2_InvalidParameter_ReturnsInvalidArgument(string name, string value, string message)
    {
        XElement error = await _bucket.SendAsync(Query(name, value)).ErrorAsync(400, "InvalidArgument", message);

        error.Value("ArgumentName").Should().Be(name);
    }

    [Fact]
    public async Task ListObjectsV2_OtherListType_ReturnsInvalidArgument() =>
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Get) { Query = [new("list-type", "3")] }).ErrorAsync(400, "InvalidArgument", "Invalid List Type specified in Request");

    [Fact]
    public async Task ListObjects_Version1_ReturnsNotImplemented()
    {
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Get)).ErrorAsync(501, "NotImplemented");

        _bucket.LastRequest.Error!.Cause.Should().Be("LocalS3 does not support the operation ListObjects.");
    }

    [Fact]
    public async Task ListObjectsV2_MissingBucket_ReturnsNoSuchBucket() => await _bucket.SendAsync(new ListObjectsV2 { Bucket = "does-not-exist" }).ErrorAsync(404, "NoSuchBucket");

    private static S3BucketRequest Query(string name, string value) => new(HttpMethod.Get) { Query = [new("list-type", "2"), new(name, value)] };

    private async Task<List<string[]>> ReadPagesAsync(ListObjectsV2 operation)
    {
        List<string[]> pages = [];
        string? token = null;
        do
        {
            XElement page = await _bucket.SendAsync(operation with { ContinuationToken = token }).XmlAsync();
            pages.Add([.. page.Values("Contents", "Key"), .. page.Values("CommonPrefixes", "Prefix")]);
            token = page.Value("NextContinuationToken");
        }
        while (token is not null);
        return pages;
    }
}
