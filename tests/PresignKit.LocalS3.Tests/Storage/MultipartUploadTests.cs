using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public sealed class MultipartUploadTests : IDisposable
{
    private readonly TestStorage _storage = new();

    private BucketStore Bucket => _storage.Bucket;

    [Fact]
    public async Task Complete_TwoParts_CreatesTheObject()
    {
        KeyValuePair<string, string>[] headers = [new("x-amz-meta-a", "b")];
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time, "text/plain", headers);
        byte[] first = TestStorage.RandomBytes(5 * 1024 * 1024, 1);
        byte[] second = TestStorage.RandomBytes(100, 2);

        // The parts are uploaded in a different order than in the object, and with a gap between the numbers.
        StoredPart seven = await _storage.PutPartAsync(upload, 7, second);
        StoredPart one = await _storage.PutPartAsync(upload, 1, first);
        UploadCompletionResult result = Complete(upload, one, seven);

        result.Status.Should().Be(UploadCompletionStatus.Completed);
        StoredObject created = Bucket.Find("key")!;
        created.Should().BeSameAs(result.Object);
        created.ETag.Should().Be($"\"{TestStorage.Md5Hex([.. TestStorage.Md5(first), .. TestStorage.Md5(second)])}-2\"");
        created.Content.ToArray().AsSpan().SequenceEqual([.. first, .. second]).Should().BeTrue();
        created.LastModified.Should().Be(TestStorage.Time.AddMinutes(1));
        created.ContentType.Should().Be("text/plain");
        created.Headers.Should().Equal(headers);
        created.Parts.Should().Equal(one, seven);
        created.Checksums.Should().BeEmpty();
        created.ChecksumType.Should().BeNull();
        Bucket.TryGetUpload(upload.UploadId, "key", out _).Should().BeFalse();
        Complete(upload, one, seven).Status.Should().Be(UploadCompletionStatus.NoSuchUpload);
    }

    [Fact]
    public async Task Complete_SomePartsAndAnExistingObject_ReleasesTheOthersAndTheExistingObject()
    {
        await _storage.PutAsync("key", new byte[500]);
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time);
        await _storage.PutPartAsync(upload, 1, new byte[1000]);
        StoredPart two = await _storage.PutPartAsync(upload, 2, new byte[90_000]);
        await _storage.PutPartAsync(upload, 3, new byte[80_000]);

        Complete(upload, two).Status.Should().Be(UploadCompletionStatus.Completed);

        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 90_000));
        Bucket.Delete("key");
        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 0));
        _storage.Store.Folder.OpenFiles.Should().Be(0);
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32, null, ChecksumType.Composite)]
    [InlineData(ChecksumAlgorithm.Crc32C, ChecksumType.FullObject, ChecksumType.FullObject)]
    [InlineData(ChecksumAlgorithm.Crc64Nvme, null, ChecksumType.FullObject)]
    [InlineData(ChecksumAlgorithm.Sha1, null, ChecksumType.Composite)]
    [InlineData(ChecksumAlgorithm.Sha256, ChecksumType.Composite, ChecksumType.Composite)]
    public async Task Complete_ChecksumAlgorithm_ComputesTheChecksumOfTheObject(ChecksumAlgorithm algorithm, ChecksumType? type, ChecksumType expectedType)
    {
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time, checksumAlgorithm: algorithm, checksumType: type);
        byte[][] bytes = [.. new[] { 100_000, 100_000, 5 }.Select((length, i) => TestStorage.RandomBytes(length, i))];
        StoredPart[] parts = new StoredPart[3];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = await _storage.PutPartAsync(upload, i + 1, bytes[i]);
        }

        byte[] expected = Hash(algorithm, [.. expectedType == ChecksumType.FullObject ? bytes.SelectMany(part => part) : bytes.SelectMany(part => Hash(algorithm, part))]);
        UploadCompletion completion = Completion(parts) with { MinimumPartLength = 0, Parts = [.. parts.Select(part => new RequestedPart(part.Number, part.ETag, part.Content.Checksums[algorithm]))] };

        Bucket.Complete(upload, completion with { ExpectedChecksum = new byte[expected.Length] }).Status.Should().Be(UploadCompletionStatus.BadChecksum);
        StoredObject created = Bucket.Complete(upload, completion with { ExpectedChecksum = expected }).Object!;

        created.Checksums.Should().ContainSingle().Which.Value.Should().Equal(expected);
        created.ChecksumType.Should().Be(expectedType);
    }

    [Fact]
    public async Task Complete_InvalidRequests_ReturnTheProblemAndChangeNothing()
    {
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time, checksumAlgorithm: ChecksumAlgorithm.Crc32);
        StoredPart one = await _storage.PutPartAsync(upload, 1, new byte[UploadCompletion.S3MinimumPartLength]);
        StoredPart two = await _storage.PutPartAsync(upload, 2, new byte[UploadCompletion.S3MinimumPartLength - 1]);
        StoredPart three = await _storage.PutPartAsync(upload, 3, new byte[3]);

        UploadCompletionResult With(params RequestedPart[] parts) => Bucket.Complete(upload, Completion() with { Parts = parts });
        RequestedPart first = new(1, one.ETag);

        With().Should().Be(new UploadCompletionResult(UploadCompletionStatus.NoParts));
        With(new(3, three.ETag), first).Should().Be(new UploadCompletionResult(UploadCompletionStatus.InvalidPartOrder, null, 1));
        With(first, first).Should().Be(new UploadCompletionResult(UploadCompletionStatus.InvalidPartOrder, null, 1));
        With(first, new(4, three.ETag)).Should().Be(new UploadCompletionResult(UploadCompletionStatus.InvalidPart, null, 4));
        With(first, new(3, one.ETag)).Should().Be(new UploadCompletionResult(UploadCompletionStatus.InvalidPart, null, 3, three));
        With(first, new(3, three.ETag, [0, 0, 0, 0])).Should().Be(new UploadCompletionResult(UploadCompletionStatus.InvalidPart, null, 3, three));
        With(first, new(2, two.ETag), new(3, three.ETag)).Should().Be(new UploadCompletionResult(UploadCompletionStatus.EntityTooSmall, null, 2, two));
        Bucket.Complete(upload, Completion(one) with { ExpectedLength = 7 }).Status.Should().Be(UploadCompletionStatus.UnexpectedLength);
        Bucket.Complete(upload, Completion(one) with { Precondition = current => current is not null }).Status.Should().Be(UploadCompletionStatus.PreconditionFailed);

        Bucket.IsEmpty.Should().BeTrue();
        Bucket.ListParts(upload, 0, 1000)!.Parts.Should().Equal(one, two, three);

        // The last part can be shorter, the entity tag can be without quotes, and the length can be correct.
        Bucket.Complete(upload, Completion() with { Parts = [first, new(2, two.ETag.Trim('"'))], ExpectedLength = (2 * UploadCompletion.S3MinimumPartLength) - 1 })
            .Status.Should().Be(UploadCompletionStatus.Completed);
    }

    [Fact]
    public async Task PutPart_SameNumber_ReplacesAndReleasesTheOldPart()
    {
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time);
        StoredPart old = await _storage.PutPartAsync(upload, 1, new byte[1000]);
        StoredPart replacement = await _storage.PutPartAsync(upload, 1, TestStorage.RandomBytes(10));

        _storage.Budget.Memory.Should().Be(10);
        Complete(upload, old).Status.Should().Be(UploadCompletionStatus.InvalidPart);
        Complete(upload, replacement).Status.Should().Be(UploadCompletionStatus.Completed);
    }

    [Fact]
    public async Task PutPart_WithoutTheChecksumOfTheUpload_Throws()
    {
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time, checksumAlgorithm: ChecksumAlgorithm.Crc64Nvme);
        StoredPart part = TestStorage.PartOf(1, await _storage.WriteAsync([1], ChecksumAlgorithm.Crc32));

        Bucket.Invoking(bucket => bucket.PutPart(upload, part)).Should().Throw<ArgumentException>().WithMessage("*Crc64Nvme*");
    }

    [Fact]
    public async Task Abort_UploadWithParts_ReleasesThem()
    {
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time);
        await _storage.PutPartAsync(upload, 1, new byte[1000]);
        await _storage.PutPartAsync(upload, 2, new byte[100_000]);

        Bucket.Abort(upload).Should().BeTrue();
        Bucket.Abort(upload).Should().BeFalse();

        (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((0, 0));
        Bucket.ListParts(upload, 0, 1).Should().BeNull();
        StoredPart late = TestStorage.PartOf(3, await _storage.WriteAsync([1]));
        Bucket.PutPart(upload, late).Should().BeFalse();
        late.Content.Release();
        _storage.Budget.Memory.Should().Be(0);
    }

    [Fact]
    public void TryGetUpload_OtherKeyOrUnknownId_ReturnsFalse()
    {
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time);

        Bucket.TryGetUpload(upload.UploadId, "key", out MultipartUpload? found).Should().BeTrue();
        found.Should().BeSameAs(upload);
        Bucket.TryGetUpload(upload.UploadId, "other", out found).Should().BeFalse();
        found.Should().BeNull();
        Bucket.TryGetUpload("unknown", "key", out _).Should().BeFalse();
    }

    [Fact]
    public async Task ListParts_Pages_ReturnAllPartsInOrder()
    {
        MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time);
        foreach (int number in new[] { 10_000, 3, 1, 2 })
        {
            await _storage.PutPartAsync(upload, number, [1]);
        }

        PartPage first = Bucket.ListParts(upload, 0, 2)!;
        PartPage second = Bucket.ListParts(upload, first.NextPartNumberMarker, 2)!;
        PartPage third = Bucket.ListParts(upload, second.NextPartNumberMarker, 2)!;

        first.Parts.Select(part => part.Number).Should().Equal(1, 2);
        (first.IsTruncated, first.NextPartNumberMarker).Should().Be((true, 2));
        second.Parts.Select(part => part.Number).Should().Equal(3, 10_000);
        (second.IsTruncated, second.NextPartNumberMarker).Should().Be((false, 10_000));
        third.Parts.Should().BeEmpty();
        (third.IsTruncated, third.NextPartNumberMarker).Should().Be((false, 10_000));
    }

    [Fact]
    public void ListUploads_Pages_AreInTheOrderOfKeysAndCreation()
    {
        string[] keys = ["b", "a", "\U0001F600", "b", "\uFFFD", "b"];
        MultipartUpload[] uploads = [.. keys.Select(key => Bucket.CreateUpload(key, TestStorage.Time))];
        MultipartUpload[] expected = [uploads[1], uploads[0], uploads[3], uploads[5], uploads[4], uploads[2]];

        for (int size = 1; size <= 7; size++)
        {
            List<MultipartUpload> all = [];
            UploadPage page = new([], [], true, null, null);
            while (page.IsTruncated)
            {
                page = Bucket.ListUploads(null, null, page.NextKeyMarker, page.NextUploadIdMarker, size);
                all.AddRange(page.Uploads);
            }

            all.Should().Equal(expected, "the page size is {0}", size);
        }

        Bucket.ListUploads(null, null, "b", null, 1000).Uploads.Should().Equal(uploads[4], uploads[2]);
        Bucket.ListUploads(null, null, null, null, 0).IsTruncated.Should().BeFalse();
    }

    [Fact]
    public void ListUploads_PrefixAndDelimiter_ReturnsCommonPrefixesOnce()
    {
        foreach (string key in new[] { "x/a/1", "x/a/2", "x/b", "x/c/1", "y" })
        {
            Bucket.CreateUpload(key, TestStorage.Time);
        }

        UploadPage first = Bucket.ListUploads("x/", "/", null, null, 1);
        UploadPage rest = Bucket.ListUploads("x/", "/", first.NextKeyMarker, first.NextUploadIdMarker, 1000);

        first.CommonPrefixes.Should().Equal("x/a/");
        (first.IsTruncated, first.NextKeyMarker, first.NextUploadIdMarker).Should().Be((true, "x/a/", null));
        rest.Uploads.Select(upload => upload.Key).Should().Equal("x/b");
        rest.CommonPrefixes.Should().Equal("x/c/");
        rest.IsTruncated.Should().BeFalse();
    }

    [Fact]
    public async Task PutPartAbortAndComplete_ConcurrentCalls_ReleaseEveryByteExactlyOnce()
    {
        for (int round = 0; round < 30; round++)
        {
            MultipartUpload upload = Bucket.CreateUpload("key", TestStorage.Time);
            StoredPart first = await _storage.PutPartAsync(upload, 1, new byte[100]);
            Task writer = Task.Run(async () =>
            {
                for (int i = 0; i < 20; i++)
                {
                    StoredPart part = TestStorage.PartOf(2 + (i % 2), await _storage.WriteAsync(new byte[i * 5000]));
                    if (!Bucket.PutPart(upload, part))
                    {
                        part.Content.Release();
                    }
                }
            });
            Task<bool> abort = Task.Run(() => Bucket.Abort(upload));
            Task<UploadCompletionResult> complete = Task.Run(() => Complete(upload, first));
            await Task.WhenAll(writer, abort, complete);

            bool completed = (await complete).Status == UploadCompletionStatus.Completed;
            completed.Should().Be(!await abort);
            (_storage.Budget.Memory, _storage.Budget.Disk).Should().Be((completed ? 100 : 0, 0));
            Bucket.Delete("key").Should().Be(completed ? DeleteObjectResult.Deleted : DeleteObjectResult.NotFound);
        }
    }

    public void Dispose() => _storage.Dispose();

    private static byte[] Hash(ChecksumAlgorithm algorithm, byte[] data)
    {
        using ChecksumHash hash = ChecksumHash.Create(algorithm);
        hash.Append(data);
        return hash.GetHashAndReset();
    }

    private static UploadCompletion Completion(params StoredPart[] parts) => new()
    {
        Parts = [.. parts.Select(part => new RequestedPart(part.Number, part.ETag))],
        LastModified = TestStorage.Time.AddMinutes(1),
    };

    // Completes an upload without enforcing the minimum length, so that the parts can be small.
    private UploadCompletionResult Complete(MultipartUpload upload, params StoredPart[] parts) =>
        Bucket.Complete(upload, Completion(parts) with { MinimumPartLength = 0 });
}
