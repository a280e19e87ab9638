-- What everything here is made with: pseudo-random numbers of numbers, words, names. Nothing depends on when, where or
-- how often it is run. :n is the number of meetings. People, bodies and events are invented.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE SCHEMA bench;

-- 0..n-1, the same for the same key and salt
CREATE FUNCTION bench.h(k bigint, salt bigint, n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT ((hashint8extended(k, salt) % n) + n) % n $$;
-- 0 to 1
CREATE FUNCTION bench.u(k bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT (hashint8extended(k, salt) & 1073741823)::float8 / 1073741824 $$;
CREATE FUNCTION bench.pick(words text[], k bigint, salt bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT words[1 + bench.h(k, salt, array_length(words, 1))] $$;
-- The id of the k-th thing of a kind. As scattered as the ones that are derived from content.
CREATE FUNCTION bench.id(kind text, k bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT md5(kind || ' ' || k)::uuid $$;
-- domain::name_key, for names without punctuation: lower case, a syllable's tone behind its last letter.
CREATE FUNCTION bench.name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT normalize(regexp_replace(translate(lower(normalize(name, NFD)), U&'\0110', U&'\0111'),
        U&'([\0300\0301\0303\0309\0323])([^ ]+)', '\2\1', 'g'), NFC)
$$;

-- The provinces until June 2025, from where most meetings are to where fewest are. The first holds an eighth of all, the
-- last a hundred and twentieth.
CREATE FUNCTION bench.provinces() RETURNS smallint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT '{1,79,48,31,92,75,38,40,22,74,64,27,30,33,34,36,46,49,56,66,68,77,82,87,89,91,96,2,4,6,8,10,11,12,14,15,17,19,
        20,24,25,26,35,37,42,44,45,51,52,54,58,60,62,67,70,72,80,83,84,86,93,94,95}'::smallint[] $$;
CREATE FUNCTION bench.province(i bigint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT (bench.provinces())[1 + floor(63 * bench.u(i, 3) * bench.u(i, 3))::int] $$;
CREATE TABLE bench.province_names AS
    SELECT place::int, p.id, p.name FROM unnest(bench.provinces()) WITH ORDINALITY AS ranked (id, place) JOIN provinces p USING (id);
ALTER TABLE bench.province_names ADD PRIMARY KEY (place);
ANALYZE bench.province_names;

-- When meeting i was: from 2010 to June 2025, more of them in later years; of one in a hundred nobody knows.
CREATE FUNCTION bench.day(i bigint) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN bench.h(i, 2, 100) > 0 THEN date '2010-01-04' + floor(5655 * power(bench.u(i, 1), 0.75))::int END
$$;
-- A quarter of all meetings have connected sites.
CREATE FUNCTION bench.has_sites(i bigint) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT bench.h(i, 16, 4) = 0 $$;

CREATE FUNCTION bench.person_name(k bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT bench.pick('{Nguyễn,Nguyễn,Nguyễn,Trần,Trần,Lê,Lê,Phạm,Hoàng,Huỳnh,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý,Đinh,Trịnh,Mai,Lương,Tạ}', k, 31)
        || ' ' || bench.pick('{Văn,Thị,Hữu,Đức,Minh,Quang,Xuân,Thanh,Ngọc,Đình,Công,Hồng,Thế,Bá,Duy,Trọng,Kim,Phước}', k, 32)
        || bench.pick('{"","",""," Hoài"," Bảo"," Nhật"," Thiên"," Khánh"," Tường"," Gia"," Thúy"," Hải"," Phương"," Quốc"}', k, 33)
        || ' ' || bench.pick('{An,Bình,Cường,Dũng,Giang,Hà,Hải,Hạnh,Hiếu,Hòa,Hùng,Hương,Khánh,Lan,Linh,Long,Mai,Nam,Nga,Phong,Phúc,Quân,Sơn,Tâm,Thắng,Thảo,Thủy,Tiến,Trang,Trung,Tuấn,Tùng,Việt,Vinh,Yến,Khuê,Lộc,Nghĩa,Oanh,Quý,Sương,Thái,Uyên,Vân,Xuyến}', k, 34)
$$;

CREATE TABLE bench.kinds_of_body AS
SELECT kind::int, name FROM unnest(ARRAY['Ban Tuyên giáo Tỉnh ủy', 'Ủy ban nhân dân tỉnh', 'Hội đồng nhân dân tỉnh',
    'Sở Giáo dục và Đào tạo', 'Sở Y tế', 'Sở Nội vụ', 'Sở Nông nghiệp và Môi trường', 'Công an tỉnh',
    'Bộ Chỉ huy Quân sự tỉnh', 'Hội Liên hiệp Phụ nữ tỉnh', 'Liên đoàn Lao động tỉnh', 'Tỉnh đoàn', 'Hội Nông dân tỉnh',
    'Ban Tổ chức Tỉnh ủy', 'Ủy ban Mặt trận Tổ quốc tỉnh', 'Đảng ủy Khối các cơ quan tỉnh']) WITH ORDINALITY AS t (name, kind);

CREATE FUNCTION bench.task_text(k bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT bench.pick('{Rà soát,Mở rộng,Hoàn thành,Giám sát,"Bố trí kinh phí cho","Giao ban hằng tháng về","Lấy ý kiến nhân dân về","Công khai kết quả","Tập huấn cán bộ về","Kiểm tra đột xuất","Nhân rộng","Số hóa hồ sơ"}', k, 121)
        || ' ' || bench.pick('{"tủ sách thôn bản","tuyến đê xung yếu","lớp học buổi tối","chợ phiên vùng cao","vườn ươm giống","trạm y tế lưu động","bến đò ngang","đội văn nghệ xã","kho lúa giống","nhà văn hóa ấp","đường hoa nông thôn","tổ hòa giải"}', k, 122)
        || ' ' || bench.pick('{"ở các xã biên giới","trước mùa mưa","cùng Hội Nông dân","theo từng quý","cho thanh niên","tại khu công nghiệp","với trường học","trong quý Một"}', k, 123)
$$;

-- Indexes, keys and references are made again in the end, exactly as the migrations made them.
CREATE TABLE bench.dropped (place serial, statement text NOT NULL);
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS again,
            format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS gone
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') AND conrelid <> 0
            AND conrelid::regclass::text NOT IN ('provinces', 'data_version', 'touching', 'first_load', 'corrections',
                'api_keys', '_sqlx_migrations')
        -- a reference goes before the key it refers to, and comes after it
        ORDER BY contype = 'f' DESC, contype, conname
    LOOP
        INSERT INTO bench.dropped (statement) VALUES (item.again);
        EXECUTE item.gone;
    END LOOP;
    FOR item IN
        SELECT pg_get_indexdef(indexrelid) AS again, format('DROP INDEX %s', indexrelid::regclass) AS gone
        FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
        WHERE relnamespace = 'public'::regnamespace
            AND indrelid::regclass::text NOT IN ('provinces', 'data_version', 'touching', 'first_load', 'corrections',
                'api_keys', '_sqlx_migrations')
        ORDER BY relname
    LOOP
        INSERT INTO bench.dropped (statement) VALUES (item.again);
        EXECUTE item.gone;
    END LOOP;
    -- of every table that has some (migrations 0004 and 0006)
    FOR item IN SELECT DISTINCT tgrelid::regclass AS name FROM pg_trigger WHERE NOT tgisinternal LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', item.name);
    END LOOP;
END $$;
